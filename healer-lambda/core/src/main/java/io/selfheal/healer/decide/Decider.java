package io.selfheal.healer.decide;

import io.selfheal.healer.decide.Guardrails.Refusal;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.Measure;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.Policy;
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
    /** Refusals that no time of its own ends: after the patience somebody has to look. */
    private static final Set<Reason> WILL_NOT_PASS = EnumSet.of(
            Reason.MANY_SICK_TASKS,
            Reason.HEALTHY_FLOOR,
            Reason.NO_SICK_TASK,
            Reason.BUDGET_SPENT,
            Reason.REPLACEMENT_IN_PROGRESS);

    private final Rules rules;

    public Decider(Rules rules) {
        this.rules = rules;
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
            case IncidentState.Open _ -> dueMeasure(diagnosis, now).orElseGet(() -> whileOpen(diagnosis, now));
            case IncidentState.Settling _ -> dueMeasure(diagnosis, now).orElseGet(() -> whileSettling(diagnosis, now));
            case IncidentState.Escalated escalated ->
                dueMeasure(diagnosis, now).orElseGet(() -> whileEscalated(diagnosis, escalated, now));
            case IncidentState.Acting _, IncidentState.Resolved _ ->
                throw new IllegalStateException(
                        "decided without facts: " + diagnosis.incident().id());
        };
    }

    private Decision whileVerifying(
            Diagnosis diagnosis, IncidentState.Verifying verifying, Instant readAt, Instant now) {
        if (diagnosis.well() && diagnosis.standing().isEmpty()) {
            return stabilising(diagnosis, verifying, readAt, now);
        }
        if (!now.isBefore(verifying.deadline())) {
            return byLadder(diagnosis, diagnosis.incident().strikes() + 1, now);
        }
        return anotherFault(diagnosis, now).orElseGet(() -> {
            Instant soon = now.plus(rules.recheck());
            return new Decision.Wait(
                    Reason.NOT_YET_HEALED,
                    soon.isBefore(verifying.deadline()) ? soon : verifying.deadline(),
                    stillWrong(diagnosis));
        });
    }

    /** The facts themselves have to span the time: an older look than that proves nothing. */
    private Decision stabilising(Diagnosis diagnosis, IncidentState.Verifying verifying, Instant readAt, Instant now) {
        Instant seen = Stream.of(diagnosis.situation().wellSince(), verifying.wellSince())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(now);
        // What was seen before the action ended proves nothing about its effect.
        Instant since = seen.isAfter(verifying.since()) ? seen : verifying.since();
        Instant stable = since.plus(policyOf(diagnosis).verification().stabilisation());
        if (!readAt.isBefore(stable)) {
            return over(diagnosis, Reason.VERIFIED, since);
        }
        Instant soon = now.plus(rules.recheck());
        return new Decision.Wait(Reason.STABILISING, stable.isAfter(now) ? stable : soon, "well since " + since);
    }

    /** A fault that ran beside the one acted on: not a replacement, so the ladder's first rung has not been used for it. */
    private Optional<Decision> anotherFault(Diagnosis diagnosis, Instant now) {
        Optional<TaskId> other =
                diagnosis.state().steady() && !diagnosis.named().isEmpty()
                        ? Choice.freshCulprit(diagnosis)
                        : Optional.empty();
        return other.map(task -> byLadder(diagnosis, diagnosis.incident().strikes(), now))
                .filter(Decision.Act.class::isInstance);
    }

    private Decision whileOpen(Diagnosis diagnosis, Instant now) {
        if (!diagnosis.standing().isEmpty()) {
            return byLadder(diagnosis, diagnosis.incident().strikes(), now);
        }
        if (diagnosis.well()) {
            return over(diagnosis, Reason.RECOVERED, now);
        }
        return diagnosis.ungoverned().isEmpty() || diagnosis.policy().isPresent()
                ? onItsWay(diagnosis, now)
                : new Decision.Escalate(Reason.NO_POLICY, "no policy matches " + ungovernedNames(diagnosis));
    }

    /** No alert is left, the service is not well yet: what was sick is gone, and the fleet replaces it. */
    private Decision onItsWay(Diagnosis diagnosis, Instant now) {
        Duration deadline = policyOf(diagnosis).verification().deadline();
        boolean acted = !diagnosis.incident().tried().isEmpty();
        if (acted && heldFor(diagnosis, Reason.REPLACEMENT_IN_PROGRESS, deadline, now)) {
            return byLadder(diagnosis, diagnosis.incident().strikes(), now);
        }
        if (heldFor(diagnosis, Reason.REPLACEMENT_IN_PROGRESS, rules.patience(), now)) {
            return new Decision.Escalate(Reason.NOT_HEALED_IN_TIME, stillWrong(diagnosis));
        }
        return new Decision.Wait(Reason.REPLACEMENT_IN_PROGRESS, now.plus(rules.recheck()), stillWrong(diagnosis));
    }

    private Decision byLadder(Diagnosis diagnosis, int strikes, Instant now) {
        Policy policy = policyOf(diagnosis);
        return switch (Choice.of(diagnosis, policy)) {
            case Choice.Do(var action, Reason reason, String detail) ->
                guarded(new Proposal(action, policy, diagnosis, strikes, reason, detail), now);
            case Choice.Hold(Reason reason, String detail) ->
                held(diagnosis, reason, now.plus(rules.recheck()), detail, now);
            case Choice.GiveUp(Reason reason, String detail) -> new Decision.Escalate(reason, detail);
        };
    }

    /** The end, unless alerts fire that no policy is for: those are a human's. */
    private static Decision over(Diagnosis diagnosis, Reason reason, Instant wellSince) {
        return diagnosis.ungoverned().isEmpty()
                ? new Decision.Resolve(reason, wellSince, "every task healthy, the fleet steady, no alert left")
                : new Decision.Escalate(Reason.NO_POLICY, "no policy matches " + ungovernedNames(diagnosis));
    }

    private static String ungovernedNames(Diagnosis diagnosis) {
        return String.join(
                ", ",
                diagnosis.ungoverned().stream()
                        .map(alert -> alert.name())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private Decision guarded(Proposal proposal, Instant now) {
        Optional<Refusal> refusal = Guardrails.firstRefusal(proposal, now);
        return refusal.map(no -> held(proposal.diagnosis(), no.reason(), no.retryAt(), no.detail(), now))
                .orElseGet(() -> proposal.accepted(now));
    }

    /** Holds back, and hands over to a human what will not pass by itself. */
    private Decision held(Diagnosis diagnosis, Reason reason, Instant retryAt, String detail, Instant now) {
        boolean handOver = reason == Reason.THREE_STRIKES
                || (WILL_NOT_PASS.contains(reason) && heldFor(diagnosis, reason, rules.patience(), now));
        if (handOver) {
            return new Decision.Escalate(reason, detail);
        }
        // However long the refusal stands, the service may recover meanwhile.
        Instant look = now.plus(rules.standby());
        Instant next = retryAt.isBefore(look) ? retryAt : look;
        return reason == Reason.REPLACEMENT_IN_PROGRESS
                ? new Decision.Wait(reason, next, detail)
                : new Decision.Suppress(reason, next, detail);
    }

    private static boolean heldFor(Diagnosis diagnosis, Reason reason, Duration time, Instant now) {
        return diagnosis
                .incident()
                .held()
                .filter(held -> held.reason() == reason)
                .filter(held -> !now.isBefore(held.since().plus(time)))
                .isPresent();
    }

    private Optional<Decision> dueMeasure(Diagnosis diagnosis, Instant now) {
        return diagnosis.incident().measures().stream()
                .filter(measure -> !now.isBefore(measure.dueAt()))
                .map(Measure::undo)
                .findFirst()
                .map(undo -> guarded(
                        new Proposal(undo, policyOf(diagnosis), diagnosis, 0, Reason.MEASURE_DUE, "its time is over"),
                        now));
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
            return over(diagnosis, Reason.RECOVERED, now);
        }
        // What no policy was for must not keep the healer from what there is one for.
        if (escalated.reason() == Reason.NO_POLICY && !diagnosis.standing().isEmpty()) {
            Decision decision = byLadder(diagnosis, diagnosis.incident().strikes(), now);
            if (decision instanceof Decision.Act) {
                return decision;
            }
        }
        return new Decision.Wait(escalated.reason(), now.plus(rules.standby()), "with a human");
    }

    private static Policy policyOf(Diagnosis diagnosis) {
        return diagnosis.policy().orElse(NoPolicy.POLICY);
    }

    private static String stillWrong(Diagnosis diagnosis) {
        ServiceState state = diagnosis.state();
        return "%d of %d tasks run, %d sick, %d alerts stand%s"
                .formatted(
                        state.running(),
                        state.desired(),
                        diagnosis.sick().size(),
                        diagnosis.standing().size(),
                        state.deployment()
                                .map(d -> ", a deployment is in progress")
                                .orElse(""));
    }
}
