package io.selfheal.healer.local.telemetry;

import io.selfheal.healer.local.sending.SendingQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends in order, in batches, and never blocks whoever adds. What cannot be sent after a few attempts is dropped and counted; the log
 * says when that begins and when it is over.
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

    private final String what;
    private final Duration firstBackoff;
    private final Sending<T> sending;
    private final AtomicLong dropped = new AtomicLong();
    private final SendingQueue<T> queue;
    // Only the sender touches it.
    private boolean failing;

    Outbox(String what, Duration firstBackoff, Sending<T> sending) {
        this.what = what;
        this.firstBackoff = firstBackoff;
        this.sending = sending;
        this.queue = new SendingQueue<>("outbox", MAX_WAITING, LARGEST_BATCH, this::deliver);
    }

    void add(T value) {
        if (!queue.add(value)) {
            dropped.incrementAndGet();
        }
    }

    long dropped() {
        return dropped.get();
    }

    /** Waits until what was added is sent or given up. False: that took longer than it may. */
    boolean flush(Duration atMost) {
        return queue.flush(atMost);
    }

    @Override
    public void close() {
        queue.close();
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
