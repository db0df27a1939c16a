package io.selfheal.healer.server.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many bytes of bodies may be on their way in at once. Without it a handful of large bodies ends in OutOfMemoryError,
 * which takes the decisions down with it. Thread-safe.
 */
final class BodyBudget {

    /** A body that is not here by then comes from nobody who still waits; its bytes are given to others. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private record Lease(long bytes, Instant until) {}

    private final long limit;
    private final InstantSource clock;
    private final Map<Long, Lease> leases = new HashMap<>();
    private long next;

    BodyBudget(long limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** The number to give the bytes back with; empty: not now. One body alone is always let in, however large. */
    synchronized Optional<Long> take(long bytes) {
        Instant now = clock.instant();
        leases.values().removeIf(lease -> lease.until().isBefore(now));
        long taken = leases.values().stream().mapToLong(Lease::bytes).sum();
        if (taken > 0 && taken + bytes > limit) {
            return Optional.empty();
        }
        next++;
        leases.put(next, new Lease(bytes, now.plus(LONGEST)));
        return Optional.of(next);
    }

    synchronized void giveBack(long lease) {
        leases.remove(lease);
    }
}
