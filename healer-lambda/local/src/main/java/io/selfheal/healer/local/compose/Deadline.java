package io.selfheal.healer.local.compose;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs work on virtual threads and waits for it so long and no longer. */
final class Deadline implements AutoCloseable {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("compose-", 0).factory());

    /** What is late is given up: the interrupt closes its connection. */
    <T> T read(Duration bound, Callable<T> work) throws Exception {
        Future<T> future = threads.submit(work);
        try {
            return await(future, bound);
        } finally {
            future.cancel(true);
        }
    }

    /** What is late goes on: to break off between two requests would leave something half done. */
    <T> T act(Duration bound, Callable<T> work) throws Exception {
        return await(threads.submit(work), bound);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static <T> T await(Future<T> future, Duration bound) throws Exception {
        try {
            return future.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new TimeoutException("no answer within " + bound.toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }
}
