package io.selfheal.healer.incident;

import io.selfheal.healer.signal.Alert;
import java.time.Instant;
import java.util.Optional;

/** An alert as part of an incident: firing until its end is known. */
public record TrackedAlert(Alert alert, Instant receivedAt, Optional<Instant> resolvedAt) {

    public boolean firing() {
        return resolvedAt.isEmpty();
    }

    public TrackedAlert resolved(Instant at) {
        return new TrackedAlert(alert, receivedAt, Optional.of(at));
    }
}
