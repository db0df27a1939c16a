package io.selfheal.demo.watch;

import io.selfheal.demo.fleet.EcsFailed;
import io.selfheal.demo.fleet.Fleet;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.http.Http;
import io.selfheal.demo.http.Reply;
import io.selfheal.demo.measure.Sample;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * The outside prober: asks every running task, several times a second, what a user asks it, and whether it is ready. It
 * knows neither the healer nor the alerts.
 */
public final class Prober implements AutoCloseable {

    /** A user's good answer is faster than this; the fault 'latency' is slower, a start on a busy machine is not. */
    private static final Duration BOUND = Duration.ofMillis(400);

    private static final Duration EVERY = Duration.ofMillis(200);
    private static final int MEMORY = 10_000;

    private static final Map<String, String> USER_PATHS =
            Map.of("user", "/users/1", "product", "/products/1", "order", "/orders?size=1");

    private final Fleet fleet;
    private final Clock clock;
    private final List<Sample> samples = new ArrayList<>();
    private final ExecutorService probes = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread rounds = Thread.ofPlatform().daemon().name("prober").unstarted(this::keepLooking);
    private volatile boolean closed;

    public Prober(Fleet fleet, Clock clock) {
        this.fleet = fleet;
        this.clock = clock;
    }

    /** Starts looking. */
    public void start() {
        rounds.start();
    }

    /** What was seen from that time on. */
    public synchronized List<Sample> since(Instant from) {
        return samples.stream().filter(sample -> !sample.at().isBefore(from)).toList();
    }

    @Override
    public void close() {
        closed = true;
        rounds.interrupt();
        try {
            // The round that is under way still hands out probes; one that never began is over, where a Duration would
            // throw.
            rounds.join(EVERY.plus(BOUND).plus(BOUND).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        probes.shutdownNow();
    }

    private void keepLooking() {
        while (!closed) {
            Instant at = clock.instant();
            long start = System.nanoTime();
            Sample sample = look(at);
            if (!closed) {
                remember(sample);
            }
            LockSupport.parkNanos(Math.max(0, EVERY.toNanos() - (System.nanoTime() - start)));
        }
    }

    private synchronized void remember(Sample sample) {
        samples.add(sample);
        if (samples.size() > MEMORY) {
            samples.removeFirst();
        }
    }

    private record Seen(Task task, Optional<String> trouble) {}

    private Sample look(Instant at) {
        try {
            var looks = fleet.running().stream()
                    .map(task -> CompletableFuture.supplyAsync(() -> new Seen(task, trouble(task)), probes))
                    .toList();
            boolean whole = fleet.whole();
            List<Seen> seen = looks.stream().map(CompletableFuture::join).toList();
            Map<String, Integer> serving = new HashMap<>();
            seen.forEach(
                    each -> serving.merge(each.task().service(), each.trouble().isEmpty() ? 1 : 0, Integer::sum));
            Optional<String> sick = seen.stream()
                    .flatMap(each -> each.trouble().stream())
                    .findFirst()
                    .or(() -> whole ? Optional.empty() : Optional.of("tasks are missing"));
            return new Sample(at, sick.isEmpty(), sick.orElse(""), serving);
        } catch (EcsFailed e) {
            return new Sample(at, false, String.valueOf(e.getMessage()), Map.of());
        }
    }

    private static Optional<String> trouble(Task task) {
        return trouble(task, USER_PATHS.getOrDefault(task.service(), "/health/liveness"))
                .or(() -> trouble(task, "/health/readiness"));
    }

    private static Optional<String> trouble(Task task, String path) {
        Reply reply = Http.get(task.at(path), BOUND);
        return reply.ok() && reply.took().compareTo(BOUND) <= 0
                ? Optional.empty()
                : Optional.of(task.service() + " " + task.shortId() + ": " + reply.brief());
    }
}
