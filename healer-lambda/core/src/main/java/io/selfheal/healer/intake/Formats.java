package io.selfheal.healer.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.alarm.AlarmReader;
import io.selfheal.healer.alarm.Reading;
import io.selfheal.healer.policy.AlarmMapping;
import io.selfheal.healer.signal.SignalSource;
import java.time.InstantSource;
import java.util.List;

/** Reads what is in no envelope, or was taken out of the last one. */
final class Formats {
    private static final String KNOWN = "not a format that is known: expected an Alertmanager or Grafana webhook, a"
            + " CloudWatch alarm, an ECS event or an Amazon Managed Prometheus notification";

    private final AlertReader alerts;
    private final AlarmReader alarms;
    private final EcsEventReader ecsEvents;

    Formats(AlertReader alerts, String defaultCluster, List<AlarmMapping> mappings, InstantSource clock) {
        this.alerts = alerts;
        this.alarms = new AlarmReader(defaultCluster, mappings);
        this.ecsEvents = new EcsEventReader(defaultCluster, clock);
    }

    Parsed read(Document document) {
        Envelope format = Envelope.of(document);
        return switch (format) {
            case ALERTMANAGER -> accepted(SignalSource.ALERTMANAGER, document);
            case GRAFANA -> accepted(SignalSource.GRAFANA, document);
            case MANAGED_PROMETHEUS -> accepted(SignalSource.MANAGED_PROMETHEUS, document);
            case EVENT_BRIDGE, CLOUDWATCH_DIRECT, CLOUDWATCH_SNS ->
                DocumentReader.isTooLongForAnEvent(document)
                        ? new Parsed.Refused(DocumentReader.tooLong(document))
                        : event(format, document.envelope());
            case UNKNOWN -> new Parsed.Refused(KNOWN);
            case SNS_RECORDS, SQS_RECORDS, HTTP_REQUEST, SNS_HTTP ->
                new Parsed.Refused(format.title() + " within more envelopes than any sender uses");
        };
    }

    private Parsed accepted(SignalSource source, Document document) {
        return alerts.accepted(source, document.envelope(), document.alerts());
    }

    private Parsed event(Envelope format, JsonNode event) {
        if (format == Envelope.CLOUDWATCH_DIRECT) {
            return parsed(alarms.direct(event));
        }
        return format == Envelope.CLOUDWATCH_SNS ? parsed(alarms.notification(event)) : busEvent(event);
    }

    private Parsed busEvent(JsonNode event) {
        String source = event.path("source").asText();
        String type = event.path("detail-type").asText();
        return switch (source) {
            case "aws.ecs" -> ecsEvents.read(event);
            case "aws.cloudwatch" ->
                type.equals("CloudWatch Alarm State Change")
                        ? parsed(alarms.event(event))
                        : new Parsed.Accepted(
                                List.of(),
                                1,
                                List.of("an event '" + Brief.of(type) + "' is no change of an alarm's state: send only"
                                        + " 'CloudWatch Alarm State Change'"));
            default ->
                new Parsed.Refused("an EventBridge event '" + Brief.of(type) + "' of '" + Brief.of(source)
                        + "' is not accepted by this version, only those of aws.ecs and aws.cloudwatch");
        };
    }

    private static Parsed parsed(Reading reading) {
        return switch (reading) {
            case Reading.Told(var signal) -> new Parsed.Accepted(List.of(signal), 0, List.of());
            case Reading.Ignored(String why) -> new Parsed.Accepted(List.of(), 1, List.of(why));
            case Reading.Refused(String why) -> new Parsed.Refused(why);
        };
    }
}
