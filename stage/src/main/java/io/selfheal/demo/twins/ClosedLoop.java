package io.selfheal.demo.twins;

import io.selfheal.demo.stage.StageFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * So many requests, each sent when the one before was answered, over connections that are kept. Of ten requests five place an order, four look one up, one
 * lists twenty. Another answer than the right one ends the measurement: a service that fails is quick.
 */
final class ClosedLoop implements AutoCloseable {

    private static final int SENDERS = 8;
    private static final int KINDS = 10;
    private static final int ORDERS = 5;
    /** The first orders are there in every service, and are looked up. */
    static final int LOOKED_UP = 50;

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int CREATED = 201;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Places the orders that are looked up later. */
    void prime(URI service) {
        for (int i = 0; i < LOOKED_UP; i++) {
            expect(CREATED, order(service, i));
        }
    }

    void send(URI service, int count) {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                senders.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                        one(service, n);
                    }
                }));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StageFailed failed ? failed : new StageFailed("A client failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageFailed("Interrupted while measuring.");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private void one(URI service, int n) {
        int kind = n % KINDS;
        if (kind < ORDERS) {
            expect(CREATED, order(service, n));
        } else if (kind < KINDS - 1) {
            expect(OK, HttpRequest.newBuilder(service.resolve("/orders/" + (1 + n % LOOKED_UP))));
        } else {
            expect(OK, HttpRequest.newBuilder(service.resolve("/orders?page=0&size=20")));
        }
    }

    private static HttpRequest.Builder order(URI service, int n) {
        return HttpRequest.newBuilder(service.resolve("/orders"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"userId\":%d,\"productId\":%d,\"quantity\":1}".formatted(1 + n % 10, 1 + n % 7)));
    }

    private void expect(int status, HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(TIMEOUT).build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != status) {
                throw new StageFailed("%s %s answered %d, not %d: %s"
                        .formatted(request.method(), request.uri(), answer.statusCode(), status, answer.body()));
            }
        } catch (IOException e) {
            throw new StageFailed(request.method() + " " + request.uri() + " got no answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageFailed("Interrupted while measuring.");
        }
    }
}
