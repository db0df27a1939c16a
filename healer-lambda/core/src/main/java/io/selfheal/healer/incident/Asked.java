package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.Action;
import java.time.Instant;
import java.util.Optional;

/**
 * A person was asked whether the action may be done. The yes is for this action as this attempt and for no other.
 *
 * @param attempt the number that the action would have; once it is claimed the number is used up, and with it the yes
 * @param expiresAt without a yes by then it is a no
 * @param grantedAt when somebody said yes
 */
public record Asked(Action action, int attempt, Instant at, Instant expiresAt, Optional<Instant> grantedAt) {

    public Asked granted(Instant when) {
        return new Asked(action, attempt, at, expiresAt, Optional.of(when));
    }

    public boolean isFor(Action other, int itsAttempt) {
        return action.equals(other) && attempt == itsAttempt;
    }
}
