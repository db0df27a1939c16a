package io.selfheal.embedded.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The one lock. Before the outermost holder lets go, whatever has become due because of its changes is done. */
final class Monitor {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Runnable settle;

    Monitor(Runnable settle) {
        this.settle = settle;
    }

    /** Waits until the condition, looked at with the lock held, is true; false if it is not in time. */
    boolean await(BooleanSupplier condition, Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    void run(Runnable action) {
        call(() -> {
            action.run();
            return true;
        });
    }

    <T> T call(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            try {
                if (lock.getHoldCount() == 1) {
                    settle.run();
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
