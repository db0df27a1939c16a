package io.selfheal.embedded.engine;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The one lock. Before the outermost holder lets go, whatever has become due because of its changes is done. */
final class Monitor {
    private final ReentrantLock lock = new ReentrantLock();
    private final Runnable settle;

    Monitor(Runnable settle) {
        this.settle = settle;
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
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
