package io.selfheal.healer.local.telemetry;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue and the one thread that sends what is in it, in order, in batches. Never blocks whoever adds. What cannot be sent
 * after a few attempts is dropped and counted; the log says when that begins and when it is over.
 */
final class Outbox<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int MAX_WAITING = 500;
    private static final int LARGEST_BATCH = 50;
    private static final int ATTEMPTS = 3;

    /** Sends a batch, or throws. */
    interface Sending<T> {
        void send(List<T> batch) throws IOException, InterruptedException;
    }

    private sealed interface Order<T> {}

    private record Item<T>(T value) implements Order<T> {}

    private record Flush<T>(CompletableFuture<Boolean> done) implements Order<T> {}

    private final String what;
    private final Duration firstBackoff;
    private final Sending<T> sending;
    private final BlockingQueue<Order<T>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread sender;
    // Only the sender touches it.
    private boolean failing;

    Outbox(String what, Duration firstBackoff, Sending<T> sending) {
        this.what = what;
        this.firstBackoff = firstBackoff;
        this.sending = sending;
        this.sender = Thread.ofVirtual().name("outbox").start(this::sendAll);
    }

    void add(T value) {
        if (!waiting.offer(new Item<>(value))) {
            dropped.incrementAndGet();
        }
    }

    long dropped() {
        return dropped.get();
    }

    /** Waits until what was added is sent or given up. False: that took longer than it may. */
    boolean flush(Duration atMost) {
        Flush<T> flush = new Flush<>(new CompletableFuture<>());
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
    }

    private void sendAll() {
        try {
            while (true) {
                List<Order<T>> orders = new ArrayList<>(List.of(waiting.take()));
                waiting.drainTo(orders, LARGEST_BATCH - 1);
                List<T> batch = new ArrayList<>();
                List<CompletableFuture<Boolean>> asked = new ArrayList<>();
                for (Order<T> order : orders) {
                    switch (order) {
                        case Item<T>(T value) -> batch.add(value);
                        case Flush<T>(CompletableFuture<Boolean> done) -> asked.add(done);
                    }
                }
                if (!batch.isEmpty()) {
                    deliver(batch);
                }
                asked.forEach(done -> done.complete(true));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(List<T> batch) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                sending.send(batch);
                if (failing) {
                    LOG.info("{} can be sent again; {} were lost so far", what, dropped.get());
                    failing = false;
                }
                return;
            } catch (IOException | RuntimeException failed) {
                if (attempt == ATTEMPTS) {
                    giveUp(batch, failed);
                    return;
                }
            }
            Thread.sleep(firstBackoff.multipliedBy(1L << (attempt - 1)));
        }
    }

    private void giveUp(List<T> batch, Exception failed) {
        dropped.addAndGet(batch.size());
        if (!failing) {
            LOG.warn("{} cannot be sent and are lost until that is mended: {}", what, String.valueOf(failed));
            failing = true;
        }
    }
}
