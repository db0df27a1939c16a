package io.selfheal.healer.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.alarm.AlarmChange.State;
import io.selfheal.healer.json.JsonTrees;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The three forms in which CloudWatch tells that an alarm changed its state. */
final class AlarmForms {
    /** An alarm of alarms has at most so many children that count. */
    private static final int MAX_CHILDREN = 100;

    private AlarmForms() {}

    /** How CloudWatch calls a Lambda function. */
    static AlarmChange direct(JsonNode call) throws NotAnAlarmException {
        JsonNode detail = call.path("alarmData");
        return detail(call, AlarmArn.parse("alarmArn", call.path("alarmArn").asText("")), detail);
    }

    /** EventBridge's "CloudWatch Alarm State Change". */
    static AlarmChange event(JsonNode event) throws NotAnAlarmException {
        AlarmArn arn =
                AlarmArn.parse("resources", event.path("resources").path(0).asText(""));
        return detail(event, arn, event.path("detail"));
    }

    private static AlarmChange detail(JsonNode envelope, AlarmArn arn, JsonNode detail) throws NotAnAlarmException {
        JsonNode state = detail.path("state");
        JsonNode before = detail.path("previousState");
        JsonNode tags = detail.has("alarmTags") || detail.has("alarmTagsStatus") ? detail : envelope;
        JsonNode configuration = detail.path("configuration");
        return new AlarmChange(
                arn,
                Text.of(detail, "alarmName"),
                State.of(Text.of(state, "value")),
                State.of(before.path("value").asText("")),
                state.has("timestamp") ? Text.time(state, "timestamp") : Text.time(envelope, "time"),
                optionalTime(before),
                state.path("actionsSuppressedBy").asText(""),
                Metrics.ofConfiguration(configuration.path("metrics")),
                Pairs.of(tags.path("alarmTags")),
                unread(tags.path("alarmTagsStatus")),
                children(reasonData(state).path("triggeringAlarms"), "arn"));
    }

    /** What CloudWatch publishes to an SNS topic. */
    static AlarmChange notification(JsonNode message) throws NotAnAlarmException {
        return new AlarmChange(
                AlarmArn.parse("AlarmArn", message.path("AlarmArn").asText("")),
                Text.of(message, "AlarmName"),
                State.of(Text.of(message, "NewStateValue")),
                State.of(message.path("OldStateValue").asText("")),
                Text.time(message, "StateChangeTime"),
                Optional.empty(),
                "",
                Metrics.ofTrigger(message.path("Trigger")),
                Pairs.of(message.path("AlarmTags")),
                unread(message.path("AlarmTagsStatus")),
                children(message.path("TriggeringChildren"), "Arn"));
    }

    private static Optional<Instant> optionalTime(JsonNode before) {
        try {
            return Optional.of(Text.time(before, "timestamp"));
        } catch (NotAnAlarmException absent) {
            return Optional.empty();
        }
    }

    private static String unread(JsonNode status) {
        String text = status.asText("");
        return text.equals("SUCCESS") ? "" : Text.brief(text);
    }

    /** A JSON document as a text within the JSON; what is none says nothing. */
    private static JsonNode reasonData(JsonNode state) {
        try {
            return JsonTrees.read(state.path("reasonData").asText(""));
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            return JsonTrees.object();
        }
    }

    private static List<AlarmArn> children(JsonNode entries, String field) {
        List<AlarmArn> children = new ArrayList<>();
        for (JsonNode entry : entries) {
            try {
                children.add(AlarmArn.parse(field, entry.path(field).asText("")));
            } catch (NotAnAlarmException odd) {
                // Its name would have said which service is meant; the others still may.
                continue;
            }
            if (children.size() == MAX_CHILDREN) {
                break;
            }
        }
        return children;
    }
}
