package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The one open story of a service. Immutable; the store hands out a new version with each save.
 *
 * @param version the fencing token: 0 before the first save, then counted up by the store
 * @param attempts how many actions were claimed so far
 * @param alerts every alert of the story, resolved ones included
 * @param measures temporary changes that still stand
 * @param detectedAt when the first signal of it was received
 * @param actedAt when the first action was claimed
 * @param healedAt when verification found the service well
 * @param dueAt when it is to be looked at again without any signal; empty when over
 */
public record Incident(
        IncidentId id,
        long version,
        ServiceId service,
        IncidentState state,
        int attempts,
        List<TrackedAlert> alerts,
        List<Measure> measures,
        Instant detectedAt,
        Optional<Instant> actedAt,
        Optional<Instant> healedAt,
        Instant updatedAt,
        Optional<Instant> dueAt) {

    public Incident {
        alerts = List.copyOf(alerts);
        measures = List.copyOf(measures);
        if (version < 0 || attempts < 0) {
            throw new IllegalArgumentException(
                    "version and attempts: expected 0 or more, were " + version + " and " + attempts);
        }
    }
}
