package io.selfheal.healer.engine;

import io.selfheal.healer.fleet.ServiceId;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lets one thread at a time work on a service: saves the conflicts that the store would find. Not what makes it right. */
final class ServiceLocks {
    private static final int STRIPES = 64;

    private final ReentrantLock[] stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

    <T> T with(ServiceId service, Supplier<T> work) {
        ReentrantLock lock = stripes[Math.floorMod(service.hashCode(), STRIPES)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
