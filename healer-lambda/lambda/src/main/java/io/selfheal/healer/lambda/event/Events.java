package io.selfheal.healer.lambda.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.json.JsonTrees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells what kind of event a text is. The outermost object is AWS's own writing: what strangers send lies in its texts. */
public final class Events {
    /** EventBridge's rules and its scheduler say it alike. */
    private static final String SCHEDULED = "Scheduled Event";

    private static final Set<String> SCHEDULERS = Set.of("aws.events", "aws.scheduler");

    private Events() {}

    /** What is no JSON is a message that the intake refuses, with the reason. */
    public static Event read(byte[] body) {
        JsonNode json;
        try {
            json = JsonTrees.read(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return new Event.Message();
        }
        if (isTick(json)) {
            return new Event.Tick();
        }
        if (json.has("requestContext")) {
            return new Event.Request(json);
        }
        return json.path("Records").path(0).path("eventSource").asText().equals("aws:sqs")
                ? batch(json.path("Records"))
                : new Event.Message();
    }

    private static boolean isTick(JsonNode json) {
        return json.path("selfheal").asText().equals("tick")
                || (json.path("detail-type").asText().equals(SCHEDULED)
                        && SCHEDULERS.contains(json.path("source").asText()));
    }

    private static Event batch(JsonNode records) {
        List<Event.Entry> entries = new ArrayList<>();
        for (JsonNode record : records) {
            entries.add(new Event.Entry(
                    record.path("messageId").asText(""),
                    record.path("body").asText(""),
                    record.path("eventSourceARN").asText("").endsWith(".fifo"),
                    record));
        }
        return new Event.Batch(entries);
    }
}
