package io.selfheal.healer.engine;

import io.selfheal.healer.decide.Decider;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState.Acting;
import io.selfheal.healer.policy.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the fleet answered to actions, where that is not worth a write of its own: it rides along with the next one. The lease
 * stands meanwhile, so nobody else may do more than wait. A crash loses it: then the lease ends, and the service is looked at,
 * never acted on blindly.
 */
final class UnsavedOutcomes {

    private record Unsaved(IncidentId incident, Acting acting, Outcome outcome, Instant at) {
        /** Early enough for several attempts before the lease ends and another healer takes the incident on. */
        Instant saveBy() {
            return at.plus(
                    Duration.between(at, acting.leaseUntil()).dividedBy(4).multipliedBy(3));
        }
    }

    /**
     * An incident with an outcome that the store does not have yet.
     *
     * @param saveBy when it is worth a write of its own
     */
    record Mounted(Step step, Instant saveBy) {}

    private final Policies policies;
    private final Decider decider;
    private final Map<ServiceId, Unsaved> unsaved = new ConcurrentHashMap<>();

    UnsavedOutcomes(Policies policies, Decider decider) {
        this.policies = policies;
        this.decider = decider;
    }

    /** Whether the end of the action makes no difference to anybody else: it was taken, and leaves nothing to undo. */
    static boolean mayWait(Action action, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted _ -> !action.reverts() && action.undo().isEmpty();
            case Outcome.Refused _, Outcome.Failed _ -> false;
        };
    }

    void add(Incident claimed, Acting acting, Outcome outcome, Instant now) {
        unsaved.put(claimed.service(), new Unsaved(claimed.id(), acting, outcome, now));
    }

    List<ServiceId> services() {
        return List.copyOf(unsaved.keySet());
    }

    /** What an outcome makes of the incident as it is stored. Empty where there is none, or the claim was lost meanwhile. */
    Optional<Mounted> on(Incident stored) {
        return Optional.ofNullable(unsaved.get(stored.service()))
                .filter(one -> one.incident().equals(stored.id()))
                .filter(one -> one.acting().equals(stored.state()))
                .map(one -> new Mounted(step(stored, one.acting(), one.outcome(), one.at()), one.saveBy()));
    }

    /** The same for a turn, which has the last word: what no longer applies then never will again. */
    Optional<Mounted> on(ServiceId service, Optional<Incident> stored) {
        Optional<Mounted> mounted = stored.flatMap(this::on);
        if (mounted.isEmpty()) {
            unsaved.remove(service);
        }
        return mounted;
    }

    Step step(Incident incident, Acting acting, Outcome outcome, Instant now) {
        Instant deadline = decider.verificationDeadline(incident, policies, now);
        return Outcomes.apply(incident, acting, outcome, deadline, policies.label(), now);
    }

    void clear(ServiceId service) {
        unsaved.remove(service);
    }
}
