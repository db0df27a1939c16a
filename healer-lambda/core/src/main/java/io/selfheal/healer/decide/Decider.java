package io.selfheal.healer.decide;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.Measure;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides what to do about an incident. A pure function: the same arguments give the same decision, and nothing else is
 * read. What could not be read never leads to an action nor to the end of an incident.
 */
public final class Decider {
    /** Reasons for a human that say nothing about the service: the healer goes on when they have passed. */
    private static final Set<Reason> HELPLESS = EnumSet.of(Reason.NO_POLICY, Reason.FACTS_UNKNOWN);

    /** Refusals that a cause which only evidence tells would make another of, or lift. */
    private static final Set<Reason> TURN_ON_EVIDENCE = EnumSet.of(
            Reason.NO_SICK_TASK,
            Reason.MANY_SICK_TASKS,
            Reason.CALLEE_SICK,
            Reason.LEFT_OVER,
            Reason.EVIDENCE_MISSING,
            Reason.RELEASE_SUSPECTED,
            Reason.DEPLOYMENT_IN_PROGRESS,
            Reason.NOT_CONFIRMED,
            Reason.WARMING_UP,
            Reason.HEALTHY_FLOOR);

    private final Rules rules;
    private final Remedy remedy;

    public Decider(Rules rules) {
        this.rules = rules;
        this.remedy = new Remedy(rules);
    }

    public Decision decide(Incident incident, Policies policies, Situation situation, Instant now) {
        return switch (incident.state()) {
            case IncidentState.Acting acting -> whileActing(incident, acting, policies, now);
            case IncidentState.Resolved _ ->
                throw new IllegalArgumentException("incident " + incident.id() + " is over: nothing to decide");
            case IncidentState.Open _, IncidentState.Verifying _, IncidentState.Settling _, IncidentState.Escalated _ ->
                byFacts(incident, policies, situation, now);
        };
    }

    /** Whether the decision would be the same whatever the facts: they then need not be read. */
    public static boolean needsFacts(Incident incident) {
        return !(incident.state() instanceof IncidentState.Acting);
    }

    /** Whether more evidence could make another decision of it: gathering it takes time, and is spared where it could not. */
    public static boolean mayTurnOnEvidence(Decision decision) {
        return switch (decision) {
            case Decision.Act _, Decision.Ask _, Decision.Escalate _ -> true;
            case Decision.Suppress suppress -> TURN_ON_EVIDENCE.contains(suppress.reason());
            case Decision.Wait _, Decision.Verify _, Decision.Resolve _ -> false;
        };
    }

    private Decision whileActing(Incident incident, IncidentState.Acting acting, Policies policies, Instant now) {
        if (now.isBefore(acting.leaseUntil())) {
            return new Decision.Wait(Reason.ACTION_IN_FLIGHT, acting.leaseUntil(), "until the lease ends");
        }
        Instant deadline = verificationDeadline(incident, policies, now);
        return new Decision.Verify(
                Reason.LEASE_EXPIRED, deadline, "nobody reported how attempt " + acting.attempt() + " ended");
    }

    /** When an action that ended now has to have helped. */
    public Instant verificationDeadline(Incident incident, Policies policies, Instant now) {
        return policies.matchAny(incident.alerts().stream()
                        .map(tracked -> tracked.alert().labels())
                        .toList())
                .map(policy -> now.plus(policy.verification().deadline()))
                .orElse(now);
    }

    private Decision byFacts(Incident incident, Policies policies, Situation situation, Instant now) {
        return switch (situation.service()) {
            case Fact.Unknown<ServiceState>(String why) -> blind(incident, why, now);
            case Fact.Known<ServiceState>(ServiceState state, Instant readAt) ->
                byDiagnosis(Diagnosis.of(incident, policies, state, situation, rules, now), readAt, now);
        };
    }

    private Decision blind(Incident incident, String why, Instant now) {
        Instant soon = now.plus(rules.recheck());
        return switch (incident.state()) {
            case IncidentState.Escalated escalated ->
                new Decision.Wait(escalated.reason(), now.plus(rules.standby()), why);
            case IncidentState.Verifying verifying
            when now.isBefore(verifying.deadline()) -> new Decision.Wait(Reason.FACTS_UNKNOWN, soon, why);
            case IncidentState.Open _
            when Diagnosis.heldFor(incident, Reason.FACTS_UNKNOWN, rules.patience(), now) ->
                new Decision.Escalate(Reason.FACTS_UNKNOWN, why);
            case IncidentState.Open _,
                    IncidentState.Acting _,
                    IncidentState.Verifying _,
                    IncidentState.Settling _,
                    IncidentState.Resolved _ -> new Decision.Suppress(Reason.FACTS_UNKNOWN, soon, why);
        };
    }

    private Decision byDiagnosis(Diagnosis diagnosis, Instant readAt, Instant now) {
        return switch (diagnosis.incident().state()) {
            case IncidentState.Verifying verifying -> whileVerifying(diagnosis, verifying, readAt, now);
            case IncidentState.Open _ -> remedy.revert(diagnosis, now).orElseGet(() -> whileOpen(diagnosis, now));
            case IncidentState.Settling _ ->
                remedy.revert(diagnosis, now).orElseGet(() -> whileSettling(diagnosis, now));
            case IncidentState.Escalated escalated ->
                remedy.revert(diagnosis, now).orElseGet(() -> whileEscalated(diagnosis, escalated, now));
            case IncidentState.Acting _, IncidentState.Resolved _ ->
                throw new IllegalStateException(
                        "decided without facts: " + diagnosis.incident().id());
        };
    }

    private Decision whileVerifying(
            Diagnosis diagnosis, IncidentState.Verifying verifying, Instant readAt, Instant now) {
        if (verifying.action() instanceof Action.SurgeRestart && !readAt.isBefore(verifying.since())) {
            Optional<Decision> completed = remedy.complete(diagnosis, now);
            if (completed.isPresent()) {
                return completed.get();
            }
        }
        if (diagnosis.well() && diagnosis.standing().isEmpty()) {
            // What was seen before the action ended proves nothing about its effect.
            return readAt.isBefore(verifying.since())
                    ? new Decision.Wait(
                            Reason.NOT_YET_HEALED, now.plus(rules.recheck()), "not seen since the action ended")
                    : stabilising(diagnosis, verifying, readAt, now);
        }
        if (!now.isBefore(verifying.deadline())) {
            return remedy.next(diagnosis, diagnosis.incident().strikes() + 1, now);
        }
        return anotherFault(diagnosis, verifying, now).orElseGet(() -> {
            Instant soon = now.plus(rules.recheck());
            return new Decision.Wait(
                    Reason.NOT_YET_HEALED,
                    soon.isBefore(verifying.deadline()) ? soon : verifying.deadline(),
                    diagnosis.stillWrong());
        });
    }

    /** The facts themselves have to span the time: an older look than that proves nothing. */
    private Decision stabilising(Diagnosis diagnosis, IncidentState.Verifying verifying, Instant readAt, Instant now) {
        Instant seen = Stream.of(diagnosis.situation().wellSince(), verifying.wellSince())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(now);
        Instant since = seen.isAfter(verifying.since()) ? seen : verifying.since();
        Instant stable = since.plus(diagnosis.policyOrNone().verification().stabilisation());
        if (!readAt.isBefore(stable)) {
            return Ending.of(diagnosis, Reason.VERIFIED, since);
        }
        Instant soon = now.plus(rules.recheck());
        return new Decision.Wait(Reason.STABILISING, stable.isAfter(now) ? stable : soon, "well since " + since);
    }

    /**
     * A fault that ran beside the one acted on: not a replacement, so the ladder's first rung has not been used for it. What
     * was done for the service as a whole is for every task of it: that one is given its time.
     */
    private Optional<Decision> anotherFault(Diagnosis diagnosis, IncidentState.Verifying verifying, Instant now) {
        boolean forOneTask = verifying.action().victim().isPresent();
        Optional<TaskId> other =
                forOneTask && diagnosis.state().steady() && !diagnosis.named().isEmpty()
                        ? Choice.freshCulprit(diagnosis)
                        : Optional.empty();
        // Any rung but the replacing of that task would be the next one for the fault that is still being verified.
        return other.map(task -> remedy.next(diagnosis, diagnosis.incident().strikes(), now))
                .filter(decision -> decision instanceof Decision.Act act
                        && act.action().victim().isPresent());
    }

    private Decision whileOpen(Diagnosis diagnosis, Instant now) {
        if (!diagnosis.standing().isEmpty()) {
            return remedy.next(diagnosis, diagnosis.incident().strikes(), now);
        }
        if (diagnosis.well()) {
            return Ending.of(diagnosis, Reason.RECOVERED, now);
        }
        return diagnosis.ungoverned().isEmpty() || diagnosis.policy().isPresent()
                ? onItsWay(diagnosis, now)
                : Ending.withoutPolicy(diagnosis);
    }

    /** No alert is left, the service is not well yet: what was sick is gone, and the fleet replaces it. */
    private Decision onItsWay(Diagnosis diagnosis, Instant now) {
        Duration deadline = diagnosis.policyOrNone().verification().deadline();
        boolean acted = !diagnosis.incident().tried().isEmpty();
        if (acted && diagnosis.heldFor(Reason.REPLACEMENT_IN_PROGRESS, deadline, now)) {
            return remedy.next(diagnosis, diagnosis.incident().strikes(), now);
        }
        if (diagnosis.heldFor(Reason.REPLACEMENT_IN_PROGRESS, rules.patience(), now)) {
            return new Decision.Escalate(Reason.NOT_HEALED_IN_TIME, diagnosis.stillWrong());
        }
        return new Decision.Wait(Reason.REPLACEMENT_IN_PROGRESS, now.plus(rules.recheck()), diagnosis.stillWrong());
    }

    private Decision whileSettling(Diagnosis diagnosis, Instant now) {
        Instant next = diagnosis.incident().measures().stream()
                .map(Measure::dueAt)
                .min(Comparator.naturalOrder())
                .orElse(now);
        return new Decision.Wait(Reason.STABILISING, next, "a temporary measure stands until " + next);
    }

    private Decision whileEscalated(Diagnosis diagnosis, IncidentState.Escalated escalated, Instant now) {
        if (diagnosis.standing().isEmpty() && diagnosis.ungoverned().isEmpty() && diagnosis.well()) {
            return Ending.of(diagnosis, Reason.RECOVERED, now);
        }
        // What made it helpless may be over: a policy is there for another alert, the fleet can be read again.
        if (HELPLESS.contains(escalated.reason()) && !diagnosis.standing().isEmpty()) {
            Decision decision = remedy.next(diagnosis, diagnosis.incident().strikes(), now);
            if (decision instanceof Decision.Act) {
                return decision;
            }
        }
        return new Decision.Wait(escalated.reason(), now.plus(rules.standby()), "with a human");
    }
}
