package io.selfheal.healer.server.wiring;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where actions are carried out and facts are read: a virtual thread each. Closing waits for what runs, for a bounded time;
 * what is cut off then is found again by its lease.
 */
final class Workers implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration grace;

    Workers(Duration grace) {
        this.grace = grace;
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("work was still running after {}: it is cut off, and verified after the next start", grace);
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
