package io.selfheal.healer.lambda.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.selfheal.healer.aws.dynamo.TableDefinition;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Answers on loopback what ECS, DynamoDB and SQS would: two tasks of one service, an empty table, and yes to everything. */
final class PaperCloud implements AutoCloseable {
    static final String CLUSTER = "arn:aws:ecs:us-east-1:000000000000:cluster/selfheal";
    static final String TASK = "arn:aws:ecs:us-east-1:000000000000:task/selfheal/0123456789abcdef0123456789abcdef";
    private static final String OTHER =
            "arn:aws:ecs:us-east-1:000000000000:task/selfheal/1123456789abcdef0123456789abcdef";
    private static final String DEFINITION = "arn:aws:ecs:us-east-1:000000000000:task-definition/order:1";

    private final HttpServer server;

    PaperCloud() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String target = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                    .orElse("");
            byte[] body = JsonTrees.write(answerTo(target.substring(target.lastIndexOf('.') + 1)))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private ObjectNode answerTo(String operation) {
        return switch (operation) {
            case "DescribeTable" -> table();
            case "Query" -> {
                ObjectNode nothing = JsonTrees.object().put("Count", 0).put("ScannedCount", 0);
                nothing.putArray("Items");
                yield nothing;
            }
            case "DescribeServices" -> services();
            case "ListTasks" -> {
                ObjectNode tasks = JsonTrees.object();
                tasks.putArray("taskArns").add(TASK).add(OTHER);
                yield tasks;
            }
            case "DescribeTasks" -> tasks();
            default -> JsonTrees.object();
        };
    }

    private static ObjectNode table() {
        ObjectNode answer = JsonTrees.object();
        try {
            ObjectNode table = answer.putObject("Table").put("TableStatus", "ACTIVE");
            var definition = JsonTrees.read(TableDefinition.json());
            for (String part : List.of("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes")) {
                table.set(part, definition.path(part));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the table's definition is no JSON", e);
        }
        return answer;
    }

    private static ObjectNode services() {
        ObjectNode answer = JsonTrees.object();
        ObjectNode service = answer.putArray("services")
                .addObject()
                .put("serviceName", "order")
                .put("serviceArn", "arn:aws:ecs:us-east-1:000000000000:service/selfheal/order")
                .put("clusterArn", CLUSTER)
                .put("status", "ACTIVE")
                .put("desiredCount", 2)
                .put("runningCount", 2)
                .put("pendingCount", 0)
                .put("taskDefinition", DEFINITION);
        service.putArray("deployments")
                .addObject()
                .put("id", "ecs-svc/1")
                .put("status", "PRIMARY")
                .put("rolloutState", "COMPLETED")
                .put("taskDefinition", DEFINITION)
                .put("desiredCount", 2)
                .put("runningCount", 2);
        return answer;
    }

    private ObjectNode tasks() {
        ObjectNode answer = JsonTrees.object();
        ArrayNode tasks = answer.putArray("tasks");
        for (String arn : List.of(TASK, OTHER)) {
            ObjectNode task = tasks.addObject();
            task.put("taskArn", arn)
                    .put("clusterArn", CLUSTER)
                    .put("group", "service:order")
                    .put("lastStatus", "RUNNING")
                    .put("desiredStatus", "RUNNING")
                    .put("taskDefinitionArn", DEFINITION)
                    .put("startedAt", 1_700_000_000);
            // Here, so that its health can be asked for: whatever is no operation of AWS is answered well.
            task.putArray("containers")
                    .addObject()
                    .put("name", "order")
                    .put("lastStatus", "RUNNING")
                    .putArray("networkBindings")
                    .addObject()
                    .put("bindIP", "127.0.0.1")
                    .put("containerPort", 8080)
                    .put("hostPort", server.getAddress().getPort())
                    .put("protocol", "tcp");
        }
        return answer;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
