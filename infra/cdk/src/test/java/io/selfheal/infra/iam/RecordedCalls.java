package io.selfheal.infra.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.infra.iam.Evaluation.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls of the healer to AWS, as {@code emulator/heal.py} recorded them, in the words of AWS's authorization. */
final class RecordedCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> OF_TRANSACTION = Map.of(
            "Put", "PutItem", "Update", "UpdateItem", "Delete", "DeleteItem", "ConditionCheck", "ConditionCheckItem");

    private final String cluster;

    private RecordedCalls(String cluster) {
        this.cluster = cluster;
    }

    /**
     * The calls of a recording.
     *
     * @param cluster in the place of the one that was recorded
     */
    static List<Call> read(Path file, String cluster) {
        List<Call> calls = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                calls.addAll(new RecordedCalls(cluster).of(JSON.readTree(line.replace("selfheal-dev", cluster))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(calls);
    }

    private List<Call> of(JsonNode call) {
        String operation = call.path("operation").asText();
        JsonNode request = call.path("request");
        return switch (call.path("service").asText()) {
            case "ecs" -> ecs(operation, request);
            case "dynamodb" -> dynamodb(operation, request);
            case "sns" ->
                List.of(
                        new Call(
                                "sns:" + operation, Grants.arn("AWS::SNS::Topic", name(request, "TopicArn")), Map.of()),
                        new Call("kms:GenerateDataKey", Grants.arn("AWS::KMS::Key", "Key"), Map.of()));
            case "sqs" ->
                List.of(new Call(
                        "sqs:" + operation, Grants.arn("AWS::SQS::Queue", name(request, "QueueUrl")), Map.of()));
            default -> throw new IllegalArgumentException("unknown: " + call);
        };
    }

    private List<Call> ecs(String operation, JsonNode request) {
        String action = "ecs:" + operation;
        Map<String, String> inCluster = Map.of("ecs:cluster", arn("cluster", ""));
        Map<String, String> tagged =
                Map.of("ecs:cluster", arn("cluster", ""), "aws:ResourceTag/selfheal:heal", "enabled");
        return switch (operation) {
            case "ListServices", "ListTasks" -> List.of(new Call(action, "*", inCluster));
            case "DescribeTaskDefinition" -> List.of(new Call(action, "*", Map.of()));
            case "DescribeServices" -> each(action, "service", request.path("services"), tagged);
            case "ListServiceDeployments", "UpdateService" ->
                List.of(new Call(action, arn("service", "/" + last(request.path("service"))), tagged));
            case "DescribeTasks" -> each(action, "task", request.path("tasks"), tagged);
            case "StopTask" -> List.of(new Call(action, arn("task", "/" + last(request.path("task"))), tagged));
            case "DescribeServiceRevisions" ->
                each(action, "service-revision", request.path("serviceRevisionArns"), Map.of());
            default -> throw new IllegalArgumentException("unknown: ecs:" + operation);
        };
    }

    private List<Call> dynamodb(String operation, JsonNode request) {
        String table = Grants.arn("AWS::DynamoDB::Table", name(request, "TableName"));
        if (operation.equals("TransactWriteItems")) {
            List<Call> calls = new ArrayList<>();
            request.path("parts")
                    .forEach(part ->
                            calls.add(new Call("dynamodb:" + OF_TRANSACTION.get(part.asText()), table, Map.of())));
            return calls;
        }
        String index = request.path("IndexName").asText("");
        return List.of(
                new Call("dynamodb:" + operation, index.isEmpty() ? table : table + "/index/" + index, Map.of()));
    }

    private List<Call> each(String action, String type, JsonNode names, Map<String, String> context) {
        List<Call> calls = new ArrayList<>();
        names.forEach(name -> calls.add(new Call(action, arn(type, "/" + last(name)), context)));
        return calls;
    }

    private String arn(String type, String below) {
        return "arn:aws:ecs:us-east-1:" + Grants.ACCOUNT + ":" + type + "/" + cluster + below;
    }

    private static String last(JsonNode arnOrName) {
        return arnOrName.asText().replaceFirst(".*/", "");
    }

    /** {@code ${Table}} is what the template calls Table. */
    private static String name(JsonNode request, String field) {
        return request.path(field).asText().replaceAll("[${}]", "");
    }
}
