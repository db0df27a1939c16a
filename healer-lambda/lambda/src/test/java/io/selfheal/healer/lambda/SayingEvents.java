package io.selfheal.healer.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.json.JsonTrees;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Events as AWS writes them, each saying that one task is stuck, or well again. */
public final class SayingEvents {
    static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:signals";
    private static final String ALARM = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:TaskStuck";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

    private SayingEvents() {}

    private static ObjectNode dimensions(String service, TaskId task) {
        return JsonTrees.object()
                .put("ClusterName", "selfheal")
                .put("ServiceName", service)
                .put("TaskId", task.arn().substring(task.arn().lastIndexOf('/') + 1));
    }

    private static ObjectNode change(String state, String service, TaskId task, Instant at) {
        ObjectNode change = JsonTrees.object().put("alarmName", "TaskStuck");
        change.putObject("state").put("value", state).put("timestamp", TIME.format(at));
        change.putObject("previousState").put("value", state.equals("OK") ? "ALARM" : "OK");
        ObjectNode metric = change.putObject("configuration")
                .putArray("metrics")
                .addObject()
                .put("id", "m1")
                .put("returnData", true)
                .putObject("metricStat")
                .put("period", 60)
                .put("stat", "Average")
                .putObject("metric");
        metric.put("namespace", "Shop").put("name", "Stuck").set("dimensions", dimensions(service, task));
        return change;
    }

    public static String direct(String state, String service, TaskId task, Instant at) {
        ObjectNode event = JsonTrees.object()
                .put("source", "aws.cloudwatch")
                .put("alarmArn", ALARM + "-" + service)
                .put("accountId", "000000000000")
                .put("time", TIME.format(at))
                .put("region", "us-east-1");
        event.set("alarmData", change(state, service, task, at));
        return JsonTrees.write(event);
    }

    public static String eventBridge(String state, String service, TaskId task, Instant at) {
        ObjectNode event = JsonTrees.object()
                .put("version", "0")
                .put("id", "1-" + service + at)
                .put("detail-type", "CloudWatch Alarm State Change")
                .put("source", "aws.cloudwatch")
                .put("account", "000000000000")
                .put("time", at.toString())
                .put("region", "us-east-1");
        event.putArray("resources").add(ALARM + "-" + service);
        event.set("detail", change(state, service, task, at));
        return JsonTrees.write(event);
    }

    /** What CloudWatch publishes to a topic. */
    public static String published(String state, String service, TaskId task, Instant at) {
        ObjectNode message = JsonTrees.object()
                .put("AlarmName", "TaskStuck")
                .put("AlarmArn", ALARM + "-" + service)
                .put("NewStateValue", state)
                .put("OldStateValue", state.equals("OK") ? "ALARM" : "OK")
                .put("StateChangeTime", TIME.format(at));
        ObjectNode trigger =
                message.putObject("Trigger").put("MetricName", "Stuck").put("Namespace", "Shop");
        ArrayNode list = trigger.putArray("Dimensions");
        dimensions(service, task)
                .properties()
                .forEach(one -> list.addObject().put("name", one.getKey()).set("value", one.getValue()));
        return JsonTrees.write(message);
    }

    public static String snsRecord(String message) {
        ObjectNode event = JsonTrees.object();
        event.putArray("Records")
                .addObject()
                .put("EventSource", "aws:sns")
                .put("EventVersion", "1.0")
                .putObject("Sns")
                .put("Type", "Notification")
                .put("MessageId", "m-1")
                .put("TopicArn", "arn:aws:sns:us-east-1:000000000000:alarms")
                .put("Message", message)
                .putObject("MessageAttributes");
        return JsonTrees.write(event);
    }

    public static String batch(Map<String, String> bodies) {
        return batch(QUEUE, bodies);
    }

    public static String batch(String queue, Map<String, String> bodies) {
        ObjectNode event = JsonTrees.object();
        ArrayNode records = event.putArray("Records");
        bodies.forEach((id, body) -> records.addObject()
                .put("messageId", id)
                .put("receiptHandle", "r")
                .put("body", body)
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", queue)
                .putObject("messageAttributes"));
        return JsonTrees.write(event);
    }

    public static String taskStopped(String service, TaskId task, Instant at) {
        ObjectNode event = JsonTrees.object()
                .put("version", "0")
                .put("id", "e-1")
                .put("detail-type", "ECS Task State Change")
                .put("source", "aws.ecs")
                .put("time", at.toString());
        event.putObject("detail")
                .put("clusterArn", "arn:aws:ecs:us-east-1:000000000000:cluster/selfheal")
                .put("taskArn", task.arn())
                .put("group", "service:" + service)
                .put("lastStatus", "STOPPED")
                .put("desiredStatus", "STOPPED")
                .put("stopCode", "EssentialContainerExited")
                .put("version", 4);
        return JsonTrees.write(event);
    }

    public static String schedule() {
        return """
                {"version":"0","id":"t-1","detail-type":"Scheduled Event","source":"aws.events","account":"000000000000",
                 "time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail":{}}""";
    }

    public static String request(String path, Map<String, String> headers, String body) {
        ObjectNode request = JsonTrees.object().put("version", "2.0").put("rawPath", path);
        ObjectNode named = request.putObject("headers");
        headers.forEach(named::put);
        request.putObject("requestContext").putObject("http").put("method", "POST");
        return JsonTrees.write(request.put("body", body).put("isBase64Encoded", false));
    }

    static JsonNode json(String text) {
        try {
            return JsonTrees.read(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** The messages that are to be delivered again. */
    static List<String> failed(String answer) {
        return json(answer)
                .path("batchItemFailures")
                .valueStream()
                .map(one -> one.path("itemIdentifier").asText())
                .toList();
    }
}
