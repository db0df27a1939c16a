package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import reactor.core.publisher.Mono;

/**
 * Two threads take two locks in opposite order, and every business request needs one of them. Platform threads, for the
 * JVM does not look for deadlocks among virtual ones. Interruptible locks, so that the fault can be mended.
 */
@Singleton
@Order(20)
@Requires(bean = FaultsEnabled.class)
final class DeadlockFault extends RequestFault {

    private final ExecutorService blocking;
    private volatile Embrace embrace = new Embrace();

    DeadlockFault(@Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.blocking = blocking;
    }

    @Override
    public String name() {
        return "deadlock";
    }

    @Override
    public String symptom() {
        return "business requests never return; liveness reports two deadlocked threads; the process looks idle";
    }

    @Override
    public void start(Parameters parameters) {
        embrace = new Embrace();
        embrace.begin();
        super.start(parameters);
    }

    @Override
    public void stop() {
        super.stop();
        embrace.end();
    }

    @Override
    Mono<MutableHttpResponse<?>> meet(HttpRequest<?> request, Parameters parameters) {
        ReentrantLock needed = embrace.first;
        return Mono.create(sink -> blocking.execute(() -> {
            needed.lock();
            try {
                sink.success();
            } finally {
                needed.unlock();
            }
        }));
    }

    /** The two locks and the two threads that hold and want them. */
    private static final class Embrace {
        private final ReentrantLock first = new ReentrantLock();
        private final ReentrantLock second = new ReentrantLock();
        private final CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        private final List<Thread> threads =
                List.of(holder("deadlock-1", first, second), holder("deadlock-2", second, first));

        private void begin() {
            threads.forEach(Thread::start);
        }

        private void end() {
            threads.forEach(Thread::interrupt);
        }

        private Thread holder(String name, ReentrantLock held, ReentrantLock wanted) {
            return Thread.ofPlatform().daemon().name(name).unstarted(() -> {
                held.lock();
                try {
                    bothHoldOne.await();
                    wanted.lockInterruptibly();
                    wanted.unlock();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (BrokenBarrierException e) {
                    throw new IllegalStateException(e);
                } finally {
                    held.unlock();
                }
            });
        }
    }
}
