package io.selfheal.healer.decide;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.incident.Measure;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What to do about a service that is not well: the next rung, if the guardrails let it pass. */
final class Remedy {
    /** Refusals that no time of its own ends: after the patience somebody has to look. */
    private static final Set<Reason> WILL_NOT_PASS = EnumSet.of(
            Reason.MANY_SICK_TASKS,
            Reason.CALLEE_SICK,
            Reason.NOT_CONFIRMED,
            Reason.HEALTHY_FLOOR,
            Reason.NO_SICK_TASK,
            Reason.EVIDENCE_MISSING,
            Reason.MEASURE_STANDS,
            Reason.BUDGET_SPENT,
            Reason.REPLACEMENT_IN_PROGRESS);

    private final Rules rules;

    Remedy(Rules rules) {
        this.rules = rules;
    }

    /** The next rung of the ladder, with the strikes counted so far. */
    Decision next(Diagnosis diagnosis, int strikes, Instant now) {
        Policy policy = diagnosis.policyOrNone();
        return switch (Choice.of(diagnosis, policy, now)) {
            case Choice.Do(var action, Reason reason, String detail) ->
                guarded(new Proposal(action, policy, diagnosis, strikes, reason, detail), now);
            case Choice.Hold(Reason reason, String detail) ->
                held(diagnosis, reason, now.plus(rules.recheck()), detail, now);
            // Nobody is called about what people have silenced; what cannot be read keeps nobody from being called.
            case Choice.GiveUp(Reason reason, String detail) ->
                diagnosis.allSilenced()
                        ? new Decision.Suppress(Reason.SILENCED, now.plus(rules.standby()), "silenced: " + detail)
                        : new Decision.Escalate(reason, detail);
        };
    }

    /** Undoes the measure whose time is over, if there is one. */
    Optional<Decision> revert(Diagnosis diagnosis, Instant now) {
        return diagnosis.incident().measures().stream()
                .filter(measure -> !now.isBefore(measure.dueAt()))
                .map(Measure::undo)
                .findFirst()
                .map(undo -> guarded(
                        new Proposal(
                                undo, diagnosis.policyOrNone(), diagnosis, 0, Reason.MEASURE_DUE, "its time is over"),
                        now));
    }

    /**
     * Gives up the task whose replacement has come up. It is the second half of an action that was claimed already: what
     * holds back new actions does not leave this one half done.
     */
    Optional<Decision> complete(Diagnosis diagnosis, Instant now) {
        return diagnosis.incident().measures().stream()
                .map(Measure::undo)
                .filter(undo -> undo instanceof Action.Retire retire && replaced(diagnosis, retire))
                .findFirst()
                .map(undo -> new Proposal(
                                undo,
                                diagnosis.policyOrNone(),
                                diagnosis,
                                diagnosis.incident().strikes(),
                                Reason.REPLACEMENT_READY,
                                "as many healthy tasks as before run without it")
                        .accepted(now));
    }

    private static boolean replaced(Diagnosis diagnosis, Action.Retire retire) {
        return !retire.aside() && diagnosis.healthyBesides(Optional.of(retire.task())) >= retire.to();
    }

    private Decision guarded(Proposal proposal, Instant now) {
        Optional<Refusal> refusal = Guardrails.firstRefusal(proposal, now);
        if (refusal.isEmpty()) {
            return proposal.accepted(now);
        }
        Refusal no = refusal.get();
        return no.reason() == Reason.APPROVAL_REQUIRED
                        && ApprovalCheck.asked(proposal).isEmpty()
                ? ask(proposal, no, now)
                : held(proposal.diagnosis(), no.reason(), no.retryAt(), no.detail(), now);
    }

    /** Whole seconds, since a link says them. */
    private static Decision ask(Proposal proposal, Refusal no, Instant now) {
        Instant expiresAt = now.plus(proposal.policy().approvalExpiry()).truncatedTo(ChronoUnit.SECONDS);
        String detail = no.detail() + ": " + proposal.reason() + ", " + proposal.detail();
        return new Decision.Ask(proposal.action(), proposal.attempt(), expiresAt, no.reason(), detail);
    }

    /** Holds back, and hands over to a human what will not pass by itself. */
    private Decision held(Diagnosis diagnosis, Reason reason, Instant retryAt, String detail, Instant now) {
        boolean handOver = reason == Reason.THREE_STRIKES
                || reason == Reason.FLAPPING
                || reason == Reason.NOT_APPROVED
                || (WILL_NOT_PASS.contains(reason) && diagnosis.heldFor(reason, rules.patience(), now));
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
}
