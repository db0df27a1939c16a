package io.selfheal.healer.evidence;

import java.time.Instant;

/**
 * One deployment of a service.
 *
 * @param revision the task definition's revision, for example {@code order:3}
 */
public record Release(String revision, Instant startedAt, Status status) {

    /** How it went so far. */
    public enum Status {
        IN_PROGRESS,
        COMPLETED,
        /** Failed, stopped or rolled back: the revision never ran as a whole. */
        ABANDONED
    }
}
