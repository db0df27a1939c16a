package io.selfheal.healer.aws.sns;

import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Publishes to an SNS topic when an incident changes its state, when a person is asked for a yes, and when a storm stands. Told
 * after the save, from a queue of its own: a topic that is slow or away never holds up healing, and at worst loses notices,
 * which are counted.
 */
public final class SnsNotices implements HistoryListener, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SnsNotices.class.getName());
    private static final int MAX_WAITING = 500;
    private static final int MAX_ATTEMPTS = 5;
    private static final Duration LONG = Duration.ofHours(1);

    private final SnsSettings settings;
    private final InstantSource clock;
    private final Topic topic;
    private final StateChanges changes = new StateChanges();
    private final Rationing rationing;
    private final BlockingQueue<Order> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicInteger pending = new AtomicInteger();
    private final LongAdder lost = new LongAdder();
    private final Thread sender;
    private volatile String lastLoss = "";

    /** What the sender is to do next. */
    private sealed interface Order {
        record Tell(Notice notice) implements Order {}

        record Flush(CompletableFuture<Boolean> done) implements Order {}
    }

    public SnsNotices(SnsSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.topic = new Topic(settings);
        this.rationing = new Rationing(settings.perWindow(), settings.window());
        this.sender = Thread.ofVirtual().name("sns-notices").start(this::sendAll);
    }

    /** How many notices never reached the topic: it was away, or too many were waiting. */
    public long lost() {
        return lost.sum();
    }

    @Override
    public void onHistory(Incident incident, List<HistoryEntry> entries) {
        changes.of(incident, entries).ifPresent(this::queue);
    }

    /** One call for all the services of a storm. */
    @Override
    public void onStorm(Incident incident, StormLatch.Storm storm) {
        queue(new Notice(
                Notice.Kind.STORM,
                incident.id(),
                incident.version(),
                incident.service(),
                "STORM",
                Reason.STORM.name(),
                storm.what() + "; nothing is done until a person re-arms (POST /rearm)",
                incident.attempts(),
                incident.history().toString(),
                storm.since()));
    }

    /**
     * Sends what waits, and what was kept to be summed up, for a process that may stand still from now on. False: that took
     * longer than it may, and goes on where the process does.
     */
    public boolean flush(Duration atMost) {
        Order.Flush flush = new Order.Flush(new CompletableFuture<>());
        long bound = Math.max(0, atMost.toMillis());
        try {
            return waiting.offer(flush, bound, TimeUnit.MILLISECONDS)
                    && flush.done().get(bound, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        sender.interrupt();
        try {
            sender.join(Duration.ofSeconds(5));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        topic.close();
    }

    /** How many were told and are neither sent nor kept for a digest yet. */
    int pending() {
        return pending.get();
    }

    private void queue(Notice notice) {
        pending.incrementAndGet();
        if (!waiting.offer(new Order.Tell(notice))) {
            pending.decrementAndGet();
            lose(1, MAX_WAITING + " are waiting already");
        }
    }

    private void sendAll() {
        try {
            while (true) {
                Duration until = rationing.untilDigest(clock.instant()).orElse(LONG);
                Order order = waiting.poll(Math.max(1, until.toMillis()), TimeUnit.MILLISECONDS);
                publish(rationing.digest(clock.instant()));
                switch (order) {
                    case null -> {}
                    case Order.Tell(Notice notice) -> handle(notice);
                    case Order.Flush(CompletableFuture<Boolean> done) -> {
                        publish(rationing.rest());
                        done.complete(true);
                    }
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(Notice notice) throws InterruptedException {
        try {
            if (rationing.admits(notice, clock.instant())) {
                publish(Message.of(notice), 1);
            }
        } finally {
            pending.decrementAndGet();
        }
    }

    private void publish(Optional<Rationing.Digest> digest) throws InterruptedException {
        if (digest.isPresent()) {
            publish(Message.of(digest.get()), digest.get().count());
        }
    }

    private void publish(Message message, int notices) throws InterruptedException {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            switch (topic.publish(message)) {
                case Topic.Answer.Taken() -> {
                    return;
                }
                case Topic.Answer.Refused(String why) -> {
                    lose(notices, why);
                    return;
                }
                case Topic.Answer.Away(String why) -> {
                    if (attempt == MAX_ATTEMPTS) {
                        lose(notices, why);
                        return;
                    }
                }
            }
            // Full jitter: a topic that comes back is not met by every healer at once.
            long ceiling = settings.firstBackoff().toMillis() << (attempt - 1);
            Thread.sleep(ThreadLocalRandom.current().nextLong(ceiling + 1));
        }
    }

    /** In a storm one line stands for many. */
    private void lose(int notices, String why) {
        lost.add(notices);
        if (!why.equals(lastLoss) || lost.sum() % MAX_WAITING == 0) {
            lastLoss = why;
            log(notices, why);
        }
    }

    private void log(int notices, String why) {
        LOG.log(System.Logger.Level.WARNING, "{0} notices lost ({1} so far): {2}", notices, lost.sum(), why);
    }
}
