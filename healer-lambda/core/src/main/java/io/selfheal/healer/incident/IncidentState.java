package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.Action;
import java.time.Instant;
import java.util.Optional;

/** Where an incident stands. Which state may follow which is the table {@link Transitions}. */
public sealed interface IncidentState {

    /** Seen, nothing is being done at this moment: to be decided, or waiting. */
    record Open() implements IncidentState {}

    /** Claimed: one healer holds the lease and carries the action out. After the lease nobody acts again blindly. */
    record Acting(Action action, int attempt, Instant leaseUntil) implements IncidentState {}

    /**
     * The action was accepted, or its end is unknown; the service has until the deadline to prove itself well.
     *
     * @param wellSince since when it has been well; kept here only where no process watches all the time
     */
    record Verifying(Action action, int attempt, Instant since, Instant deadline, Optional<Instant> wellSince)
            implements IncidentState {}

    /** Verified well, while a temporary measure still stands and will be undone. */
    record Settling(Instant healedAt) implements IncidentState {}

    /** Over. */
    record Resolved(Instant at) implements IncidentState {}

    /** A human has it; the healer only watches for recovery. */
    record Escalated(Instant at, Reason reason) implements IncidentState {}

    default boolean over() {
        return this instanceof Resolved;
    }

    /** The state's name without its content: the word of the HTTP API, the table of transitions and the store. */
    default Phase phase() {
        return switch (this) {
            case Open() -> Phase.OPEN;
            case Acting _ -> Phase.ACTING;
            case Verifying _ -> Phase.VERIFYING;
            case Settling _ -> Phase.SETTLING;
            case Resolved _ -> Phase.RESOLVED;
            case Escalated _ -> Phase.ESCALATED;
        };
    }

    enum Phase {
        OPEN,
        ACTING,
        VERIFYING,
        SETTLING,
        RESOLVED,
        ESCALATED
    }
}
