package io.selfheal.healer.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/** The formats that a body can have, told apart by the fields of its outermost object, in an order that matters. */
enum Envelope {
    SNS_RECORDS("a Lambda event with SNS records"),
    SQS_RECORDS("a Lambda event with SQS records"),
    HTTP_REQUEST("an HTTP request wrapped as a Lambda event"),
    SNS_HTTP("an SNS notification over HTTP"),
    EVENT_BRIDGE("an EventBridge event"),
    CLOUDWATCH_DIRECT("a CloudWatch alarm action"),
    CLOUDWATCH_SNS("a CloudWatch alarm notification"),
    ALERTMANAGER("an Alertmanager webhook"),
    GRAFANA("a Grafana webhook"),
    MANAGED_PROMETHEUS("an Amazon Managed Prometheus notification"),
    UNKNOWN("an unknown format");

    private record Mark(Predicate<JsonNode> test, Envelope envelope) {}

    private static final List<Mark> MARKS = List.of(
            new Mark(json -> json.has("requestContext"), HTTP_REQUEST),
            new Mark(json -> json.has("Type") && json.has("TopicArn"), SNS_HTTP),
            new Mark(json -> json.has("detail-type") && json.has("source"), EVENT_BRIDGE),
            new Mark(json -> json.has("alarmData"), CLOUDWATCH_DIRECT),
            new Mark(json -> json.has("AlarmName") && json.has("NewStateValue"), CLOUDWATCH_SNS),
            new Mark(json -> hasAlerts(json) && json.path("version").asText().equals("4"), ALERTMANAGER),
            new Mark(json -> hasAlerts(json) && json.has("orgId"), GRAFANA),
            new Mark(json -> hasAlerts(json) && !json.has("version"), MANAGED_PROMETHEUS));

    private final String title;

    Envelope(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    private static boolean hasAlerts(JsonNode json) {
        return json.path("alerts").isArray();
    }

    static Envelope of(Document document) {
        if (document.envelope().has("Records")) {
            boolean topic = !document.records().isEmpty()
                    && isOfTopic(document.records().getFirst());
            return topic ? SNS_RECORDS : SQS_RECORDS;
        }
        return of(document.envelope());
    }

    private static boolean isOfTopic(JsonNode record) {
        return record.has("Sns") || record.path("EventSource").asText().equals("aws:sns");
    }

    /** Whether something else is in it. */
    boolean isWrapping() {
        return switch (this) {
            case SNS_RECORDS, SQS_RECORDS, HTTP_REQUEST, SNS_HTTP -> true;
            case EVENT_BRIDGE, CLOUDWATCH_DIRECT, CLOUDWATCH_SNS, ALERTMANAGER, GRAFANA, MANAGED_PROMETHEUS, UNKNOWN ->
                false;
        };
    }

    private static Envelope of(JsonNode json) {
        return MARKS.stream()
                .filter(mark -> mark.test().test(json))
                .map(Mark::envelope)
                .findFirst()
                .orElse(UNKNOWN);
    }
}
