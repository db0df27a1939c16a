package io.selfheal.healer.incident;

import io.selfheal.healer.chain.ChainHead;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one open story of a service. Immutable; the store hands out a new version with each save.
 *
 * @param version the fencing token: 0 before the first save, then counted up by the store
 * @param history where the chain of its entries ends; counted up by the store like the version
 * @param attempts how many actions were claimed so far; with the id it names one action for ever
 * @param strikes how many of them did not help: refused, failed, or not well in time
 * @param tried the actions claimed since the service was last well; none of them is repeated
 * @param alerts every alert of the story, resolved ones included
 * @param measures temporary changes that still stand
 * @param held why nothing is being done at present, as last written to the history; empty while something is
 * @param detectedAt when the first signal of it was received
 * @param actedAt when the first action was claimed
 * @param healedAt since when verification found the service well
 * @param asked whether a person was asked for the next action, and what the answer is
 * @param dueAt when it is to be looked at again without any signal; empty when over
 */
public record Incident(
        IncidentId id,
        long version,
        ChainHead history,
        ServiceId service,
        IncidentState state,
        int attempts,
        int strikes,
        List<Action> tried,
        List<TrackedAlert> alerts,
        List<Measure> measures,
        Optional<Held> held,
        Instant detectedAt,
        Optional<Instant> actedAt,
        Optional<Instant> healedAt,
        Instant updatedAt,
        Optional<Instant> dueAt,
        Optional<Asked> asked) {

    public Incident {
        tried = List.copyOf(tried);
        alerts = List.copyOf(alerts);
        measures = List.copyOf(measures);
        if (version < 0 || attempts < 0 || strikes < 0) {
            throw new IllegalArgumentException("version, attempts and strikes: expected 0 or more, were " + version
                    + ", " + attempts + " and " + strikes);
        }
    }

    /** A new incident, not yet saved. */
    public static Incident open(IncidentId id, ServiceId service, Instant now) {
        return new Incident(
                id,
                0,
                ChainHead.NONE,
                service,
                new IncidentState.Open(),
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                now,
                Optional.empty(),
                Optional.empty(),
                now,
                Optional.of(now),
                Optional.empty());
    }

    public IncidentEdit edit() {
        return new IncidentEdit(this);
    }

    public Incident withVersion(long newVersion) {
        return edit().version(newVersion).done();
    }

    /** The tasks that one of our measures keeps out of the load balancer. */
    public Set<TaskId> aside() {
        return measures.stream()
                .map(Measure::undo)
                .filter(undo -> undo instanceof Action.Retire retire && retire.aside())
                .flatMap(undo -> undo.victim().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The action last claimed since the service was last well. */
    public Optional<Action> lastAction() {
        return tried.isEmpty() ? Optional.empty() : Optional.of(tried.getLast());
    }
}
