package io.selfheal.healer.lambda.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lambda's side of a function's process: the Runtime API ({@code /2018-06-01/runtime}), as the AWS documentation of custom
 * runtimes describes it, and of SnapStart the call by which a runtime says that a picture may be taken.
 */
public final class RuntimeApi implements AutoCloseable {
    private static final String BASE = "/2018-06-01/runtime/";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What the function did with an event. */
    public sealed interface Answer {
        record Response(String body) implements Answer {}

        record Failure(String body) implements Answer {}
    }

    private record Invocation(String id, String event, Duration limit) {}

    private final HttpServer server;
    private final BlockingQueue<Invocation> waiting = new ArrayBlockingQueue<>(100);
    private final Map<String, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<String> initError = new CompletableFuture<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch snapshot = new CountDownLatch(1);
    private final CountDownLatch restore = new CountDownLatch(1);
    private final CompletableFuture<String> restoreError = new CompletableFuture<>();

    public RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(BASE, this::answer);
        server.start();
    }

    /** As the process finds it in {@code AWS_LAMBDA_RUNTIME_API}. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Calls the function and waits for what it does with the event. */
    public Answer invoke(String event) {
        return invoke(event, Duration.ofMinutes(1));
    }

    /** With so much time until its deadline, as the function sees it. */
    public Answer invoke(String event, Duration limit) {
        Invocation invocation = new Invocation(UUID.randomUUID().toString(), event, limit);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        answers.put(invocation.id(), answer);
        waiting.add(invocation);
        if (initError.isDone()) {
            answer.complete(new Answer.Failure(initError.join()));
        }
        return await(answer, "an answer");
    }

    /** Why the function could not be started. */
    public String initError() {
        return await(initError, "the function says that it cannot start");
    }

    /** Returns when the function is ready for its first event. */
    public void awaitReady() {
        await(asked, "the function asks for an event");
    }

    /** Returns when the function is ready for its picture to be taken. */
    public void awaitSnapshot() {
        await(snapshot, "the function may be put into a snapshot");
    }

    /** As if it were started from the picture. */
    public void restore() {
        restore.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(BASE.length());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (path) {
                case "invocation/next" -> next(exchange);
                case "init/error" -> {
                    initError.complete(body);
                    answers.values().forEach(one -> one.complete(new Answer.Failure(body)));
                    reply(exchange, 202, "{}");
                }
                case "restore/next" -> {
                    snapshot.countDown();
                    await(restore, "the test restores");
                    reply(exchange, 200, "");
                }
                case "restore/error" -> {
                    restoreError.complete(body);
                    reply(exchange, 202, "{}");
                }
                default -> ended(exchange, path, body);
            }
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        asked.countDown();
        try {
            Invocation next = waiting.take();
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", next.id());
            long deadline = System.currentTimeMillis() + next.limit().toMillis();
            exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Invoked-Function-Arn",
                            "arn:aws:lambda:us-east-1:000000000000:function:healer");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            reply(exchange, 200, next.event());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended(HttpExchange exchange, String path, String body) throws IOException {
        String[] parts = path.split("/", -1);
        CompletableFuture<Answer> answer =
                parts.length == 3 && parts[0].equals("invocation") ? answers.get(parts[1]) : null;
        if (answer == null) {
            reply(exchange, 404, "{}");
            return;
        }
        answer.complete(parts[2].equals("response") ? new Answer.Response(body) : new Answer.Failure(body));
        reply(exchange, 202, "{}");
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("did not happen: " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch, String what) {
        try {
            if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("did not happen: " + what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
