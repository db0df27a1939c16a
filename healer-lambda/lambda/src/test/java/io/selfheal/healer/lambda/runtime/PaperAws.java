package io.selfheal.healer.lambda.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands for SQS, which keeps what it is sent, and for the place where a function under SnapStart finds its credentials. */
public final class PaperAws implements AutoCloseable {
    private final HttpServer server;
    private final List<JsonNode> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger credentialsRead = new AtomicInteger();

    public PaperAws() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::sqs);
        server.createContext("/credentials", this::credentials);
        server.start();
    }

    public String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String queue(String name) {
        return uri() + "/000000000000/" + name;
    }

    /** The messages that a queue was sent, as SendMessage has them. */
    public List<JsonNode> sentTo(String name) {
        return sent.stream()
                .filter(one -> one.path("QueueUrl").asText().endsWith("/" + name))
                .toList();
    }

    public int credentialsRead() {
        return credentialsRead.get();
    }

    private void sqs(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try {
                sent.add(JsonTrees.read(body));
                reply(exchange, 200, "{\"MessageId\":\"1\"}");
            } catch (JsonProcessingException e) {
                reply(exchange, 400, "{\"__type\":\"InvalidMessage\"}");
            }
        }
    }

    private void credentials(HttpExchange exchange) throws IOException {
        try (exchange) {
            credentialsRead.incrementAndGet();
            reply(
                    exchange,
                    200,
                    "{\"AccessKeyId\":\"ASIATEST\",\"SecretAccessKey\":\"secret\",\"Token\":\"token\","
                            + "\"Expiration\":\"2099-01-01T00:00:00Z\"}");
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
