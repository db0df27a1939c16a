package io.selfheal.healer.fleet;

/** What a probe of one task's own health endpoint saw. */
public sealed interface TaskHealth {

    record Healthy() implements TaskHealth {}

    /** It answered and said no, for example readiness DOWN. */
    record Unready(String detail) implements TaskHealth {}

    /** It did not answer in time, or nothing listens. */
    record Unresponsive(String detail) implements TaskHealth {}

    default boolean healthy() {
        return this instanceof Healthy;
    }
}
