package io.selfheal.embedded.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to do now.
 *
 * @param starts tasks of the primary deployment to start
 * @param wakeAt when to decide again although nothing has happened
 */
public record Plan(int starts, List<Stop> stops, Optional<Instant> wakeAt) {
    public Plan {
        stops = List.copyOf(stops);
    }

    /** One task to stop, and why. */
    public record Stop(String task, Cause cause) {}

    /** Why the scheduler stops a task. */
    public enum Cause {
        UNHEALTHY,
        SUPERSEDED,
        SCALED_IN
    }
}
