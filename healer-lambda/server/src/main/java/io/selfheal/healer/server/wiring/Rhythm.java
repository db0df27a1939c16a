package io.selfheal.healer.server.wiring;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thing done again and again: never twice at once (a beat that comes while it still runs is skipped), and never stopped
 * by a failure, which is logged when it begins and when it is over, with a count, instead of every time.
 */
final class Rhythm {

    private static final Logger LOG = LoggerFactory.getLogger(Rhythm.class);

    private final String name;
    private final Runnable work;
    private final ExecutorService workers;
    private final AtomicBoolean running = new AtomicBoolean();
    // Written by one run at a time, which "running" orders.
    private long failures;

    Rhythm(String name, Runnable work, ExecutorService workers) {
        this.name = name;
        this.work = work;
        this.workers = workers;
    }

    void start(ScheduledExecutorService clock, Duration every) {
        var unused = clock.scheduleAtFixedRate(this::beat, 0, every.toNanos(), TimeUnit.NANOSECONDS);
    }

    void beat() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            workers.execute(this::runOnce);
        } catch (RejectedExecutionException stopping) {
            running.set(false);
        }
    }

    private void runOnce() {
        try {
            work.run();
            if (failures > 0) {
                LOG.info("{} works again after {} failures in a row", name, failures);
                failures = 0;
            }
        } catch (RuntimeException e) {
            failures++;
            if (failures == 1) {
                LOG.warn("{} failed, and is tried again at each beat: {}", name, e.toString());
                LOG.debug("{} failed", name, e);
            }
        } finally {
            running.set(false);
        }
    }
}
