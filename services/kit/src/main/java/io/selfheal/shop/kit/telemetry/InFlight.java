package io.selfheal.shop.kit.telemetry;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The business requests being worked on. A request that never returns is in no latency histogram; it is seen only here. */
@Singleton
final class InFlight {

    private final LongSupplier nanoTime;
    private final Set<Request> requests = ConcurrentHashMap.newKeySet();

    InFlight() {
        this(System::nanoTime);
    }

    InFlight(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Request begin() {
        Request request = new Request(nanoTime.getAsLong());
        requests.add(request);
        return request;
    }

    void end(Request request) {
        requests.remove(request);
    }

    int count() {
        return requests.size();
    }

    /** How many are older than that: one may have a reason of its own, several are stuck. */
    int olderThan(Duration age) {
        long now = nanoTime.getAsLong();
        return (int) requests.stream()
                .filter(request -> now - request.startedAt > age.toNanos())
                .count();
    }

    /** Age of the oldest request, zero when there is none. */
    Duration oldest() {
        long now = nanoTime.getAsLong();
        return Duration.ofNanos(requests.stream()
                .mapToLong(request -> now - request.startedAt)
                .max()
                .orElse(0));
    }

    /** Compared by identity: two requests may start in the same nanosecond. */
    static final class Request {
        private final long startedAt;

        private Request(long startedAt) {
            this.startedAt = startedAt;
        }
    }
}
