package io.selfheal.healer.decide;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.incident.Reason;
import java.time.Instant;

/** What is to be done about an incident now. Every kind names its reason; the detail is for a person. */
public sealed interface Decision {

    Reason reason();

    String detail();

    /**
     * Claim the action and carry it out.
     *
     * @param leaseUntil when another healer may look at it
     */
    record Act(Action action, int attempt, Instant leaseUntil, Reason reason, String detail) implements Decision {}

    /** An action ended without word: find out by looking, never by acting again. */
    record Verify(Reason reason, Instant deadline, String detail) implements Decision {}

    /** Nothing to do yet: things are on their way. */
    record Wait(Reason reason, Instant until, String detail) implements Decision {}

    /** Something ought to be done, and may not be or cannot be now. */
    record Suppress(Reason reason, Instant retryAt, String detail) implements Decision {}

    /**
     * A person has to say yes first; nobody has been asked for this action yet.
     *
     * @param attempt the number that the action would have
     * @param expiresAt without a yes by then it is a no
     */
    record Ask(Action action, int attempt, Instant expiresAt, Reason reason, String detail) implements Decision {}

    /**
     * It is over.
     *
     * @param wellSince the start of the time over which the service was found well
     */
    record Resolve(Reason reason, Instant wellSince, String detail) implements Decision {}

    /** A human has to look. */
    record Escalate(Reason reason, String detail) implements Decision {}
}
