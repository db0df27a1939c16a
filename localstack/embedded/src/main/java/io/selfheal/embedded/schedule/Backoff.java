package io.selfheal.embedded.schedule;

import java.time.Duration;

/**
 * How long to wait before the next task of a deployment whose tasks keep failing. The first failure costs nothing, so a single crash
 * is replaced at once; AWS throttles the same way, only slower.
 */
public record Backoff(Duration base, Duration cap) {
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final int MAX_DOUBLINGS = 20;

    /** The wait after this many failures in a row. */
    public Duration after(int failures) {
        if (failures < 2) {
            return Duration.ZERO;
        }
        Duration wait = base.multipliedBy(1L << Math.min(failures - 2, MAX_DOUBLINGS));
        return wait.compareTo(cap) < 0 ? wait : cap;
    }
}
