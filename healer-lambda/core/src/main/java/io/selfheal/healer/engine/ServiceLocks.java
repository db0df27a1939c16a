package io.selfheal.healer.engine;

import io.selfheal.healer.fleet.ServiceId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps the turns of one service in this process from getting in each other's way, and of no other: a turn may wait for what
 * is read of its service. Order only; the guarantee is the conditional save.
 */
final class ServiceLocks {
    private final Map<ServiceId, Lock> locks = new ConcurrentHashMap<>();

    /** There for as long as anybody has it or waits for it. */
    private record Lock(ReentrantLock held, int users) {}

    <T> T with(ServiceId service, Supplier<T> work) {
        ReentrantLock lock = Objects.requireNonNull(locks.compute(
                        service,
                        (_, there) -> there == null
                                ? new Lock(new ReentrantLock(), 1)
                                : new Lock(there.held(), there.users() + 1)))
                .held();
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
            locks.computeIfPresent(
                    service, (_, there) -> there.users() == 1 ? null : new Lock(there.held(), there.users() - 1));
        }
    }
}
