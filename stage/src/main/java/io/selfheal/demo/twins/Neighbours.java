package io.selfheal.demo.twins;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.selfheal.demo.stage.StageFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** In place of user, product and a collector of telemetry: the same quick answers to everybody, on processors that are not measured. */
final class Neighbours implements AutoCloseable {

    /** Nobody and nothing has this number. */
    static final long UNKNOWN = 404_404;

    private static final int BACKLOG = 256;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Neighbours(HttpServer server) {
        this.server = server;
    }

    static Neighbours start() {
        // Without it every second answer on a connection waits 40 ms for the other side's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            Neighbours all = new Neighbours(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG));
            all.server.createContext("/users/", Neighbours::user);
            all.server.createContext("/reservations/", Neighbours::reservation);
            all.server.createContext("/v1/", exchange -> answer(exchange, 200, "application/json", "{}"));
            all.server.setExecutor(all.threads);
            all.server.start();
            return all;
        } catch (IOException e) {
            throw new StageFailed("No port was free for the neighbours: " + e.getMessage(), e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void user(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String id = path.substring(path.lastIndexOf('/') + 1);
        if (id.equals(String.valueOf(UNKNOWN))) {
            problem(exchange, 404, "unknown-user");
        } else {
            answer(
                    exchange,
                    200,
                    "application/json",
                    "{\"id\":%s,\"name\":\"Ada\",\"email\":\"ada@example.org\",\"createdAt\":\"2026-01-01T00:00:00Z\"}"
                            .formatted(id));
        }
    }

    private static void reservation(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("DELETE")) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            return;
        }
        String wanted = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (wanted.contains(String.valueOf(UNKNOWN))) {
            problem(exchange, 404, "unknown-product");
        } else {
            String id = exchange.getRequestURI().getPath().substring("/reservations/".length());
            answer(exchange, 200, "application/json", "{\"id\":\"%s\",\"productId\":1,\"quantity\":1}".formatted(id));
        }
    }

    private static void problem(HttpExchange exchange, int status, String kind) throws IOException {
        answer(
                exchange,
                status,
                "application/problem+json",
                "{\"type\":\"urn:selfheal:problem:%s\",\"title\":\"No\",\"status\":%d}".formatted(kind, status));
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
