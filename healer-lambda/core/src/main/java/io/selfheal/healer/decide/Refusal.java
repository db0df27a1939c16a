package io.selfheal.healer.decide;

import io.selfheal.healer.incident.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a guardrail does not let a proposal pass.
 *
 * @param retryAt when the refusal may have lost its cause
 */
record Refusal(Reason reason, Instant retryAt, String detail) {

    private static final Duration RETRY = Duration.ofSeconds(1);

    static Optional<Refusal> because(Reason reason, Instant retryAt, String detail) {
        return Optional.of(new Refusal(reason, retryAt, detail));
    }

    /** When to look again at what ends at a time that nobody knows. */
    static Instant soon(Instant now) {
        return now.plus(RETRY);
    }
}
