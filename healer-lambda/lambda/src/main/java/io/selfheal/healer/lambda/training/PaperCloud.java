package io.selfheal.healer.lambda.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Answers on loopback what ECS, DynamoDB and SQS would: two tasks of one service, a table, and yes to everything. */
final class PaperCloud implements AutoCloseable {
    private final HttpServer server;
    private final PaperTable table = new PaperTable();
    private final JsonNode answers;

    PaperCloud() throws IOException {
        answers = JsonTrees.read(Resources.text("ecs.json"));
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
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                    .orElse("");
            String operation = target.substring(target.lastIndexOf('.') + 1);
            String answer = target.startsWith("DynamoDB")
                    ? table.answer(operation, JsonTrees.read(request))
                    : JsonTrees.write(answers.has(operation) ? answers.path(operation) : JsonTrees.object());
            // What is no operation at all is a task's health.
            byte[] body = answer.replace(
                            "\"$PORT\"", Integer.toString(server.getAddress().getPort()))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
