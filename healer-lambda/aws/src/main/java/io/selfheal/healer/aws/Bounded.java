package io.selfheal.healer.aws;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs calls on virtual threads, where a blocked socket gives way to an interrupt, so that one bound holds for a whole group
 * of requests, whatever the other side does.
 */
final class Bounded implements AutoCloseable {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("ecs-", 0).factory());
    private final Duration bound;

    Bounded(Duration bound) {
        this.bound = bound;
    }

    /** The call's value or its own exception, or a TimeoutException at the bound. */
    <T> T call(Callable<T> work) throws Exception {
        return await(threads.submit(work), bound);
    }

    /** The same with a bound of its own. */
    <T> T call(Callable<T> work, Duration ownBound) throws Exception {
        return await(threads.submit(work), ownBound);
    }

    /** Starts what bounds itself. */
    void start(Runnable work) {
        threads.execute(work);
    }

    /** Starts a part of a call that is bounded already. */
    <T> Future<T> fork(Callable<T> part) {
        return threads.submit(part);
    }

    static <T> T join(Future<T> part) throws Exception {
        return await(part, Duration.ofDays(1));
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
        } finally {
            future.cancel(true);
        }
    }
}
