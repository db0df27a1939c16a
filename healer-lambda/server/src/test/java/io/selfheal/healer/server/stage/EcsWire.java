package io.selfheal.healer.server.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between the healer and the ECS endpoint: writes every call down, and can hold, refuse or delay calls. */
public final class EcsWire implements AutoCloseable {

    /** One call that arrived, by the operation's name and with its body. */
    public record Call(String operation, String body, Instant at) {}

    /** What happens to a call instead of simply passing it on. */
    public interface Rule {
        Rule PASS = call -> Verdict.PASS;

        Verdict judge(Call call);
    }

    public enum Verdict {
        PASS,
        THROTTLE,
        FAIL,
        /** Held before the endpoint sees it, until {@link #release()}; then it is lost. */
        HOLD_BEFORE,
        /** Carried out by the endpoint, but the answer is held back until {@link #release()}; then it is lost. */
        HOLD_AFTER
    }

    private final URI endpoint;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicReference<Rule> rule = new AtomicReference<>(Rule.PASS);
    private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(1));

    public EcsWire(URI endpoint) {
        this.endpoint = endpoint;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void rule(Rule next) {
        rule.set(next);
    }

    /** Lets go of what is held and passes everything from now on. */
    public void release() {
        rule.set(Rule.PASS);
        gate.getAndSet(new CountDownLatch(1)).countDown();
    }

    public List<Call> calls(String operation) {
        return calls.stream().filter(call -> call.operation().equals(operation)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            Call call = new Call(
                    target.substring(target.lastIndexOf('.') + 1),
                    new String(body, StandardCharsets.UTF_8),
                    Instant.now());
            CountDownLatch held = gate.get();
            Verdict verdict = rule.get().judge(call);
            calls.add(call);
            switch (verdict) {
                case PASS -> answer(exchange, forward(target, body));
                case THROTTLE -> error(exchange, 400, "ThrottlingException");
                case FAIL -> error(exchange, 500, "ServerException");
                case HOLD_BEFORE -> await(held);
                case HOLD_AFTER -> {
                    forward(target, body);
                    await(held);
                }
            }
        }
    }

    private HttpResponse<byte[]> forward(String target, byte[] body) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(endpoint)
                            .header("X-Amz-Target", target)
                            .header("Content-Type", "application/x-amz-json-1.1")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(response.statusCode(), response.body().length);
        exchange.getResponseBody().write(response.body());
    }

    private static void error(HttpExchange exchange, int status, String type) throws IOException {
        byte[] body = ("{\"__type\":\"" + type + "\",\"message\":\"test\"}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("x-amzn-ErrorType", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void await(CountDownLatch held) {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        http.shutdownNow();
    }
}
