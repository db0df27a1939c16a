package io.selfheal.healer.decide;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policy.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Guardrails about what was done lately. */
final class LedgerChecks {

    /** Twice the minute over which production's rule on slow tasks looks back: so long the rest of a storm is seen. Too short for one that stays. */
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private LedgerChecks() {}

    static Optional<Refusal> notQuarantined(Proposal proposal, Instant now) {
        if (proposal.action().reverts()) {
            return Optional.empty();
        }
        return readingLedger(proposal, now, ledger -> Quarantine.of(proposal, ledger)
                .filter(quarantine -> now.isBefore(quarantine.until()))
                .flatMap(quarantine -> Refusal.because(
                        Reason.THREE_STRIKES,
                        quarantine.until(),
                        quarantine.strikes() + " actions did not help; no more until " + quarantine.until())));
    }

    static Optional<Refusal> cooledDown(Proposal proposal, Instant now) {
        if (proposal.action().reverts()) {
            return Optional.empty();
        }
        return readingLedger(proposal, now, ledger -> last(repairs(ledger), proposal)
                .map(last -> last.plus(proposal.policy().cooldown()))
                .filter(now::isBefore)
                .flatMap(until -> Refusal.because(Reason.COOLDOWN, until, "cooling down until " + until)));
    }

    /**
     * A storm of repeats may come back when all are let in again, and is seen in one task first; to take that away would feed it. What
     * the probe itself finds sick is sick whatever the load. Looked at again soon: what comes back has a cause then, and its own rung.
     */
    static Optional<Refusal> loadSettled(Proposal proposal, Instant now) {
        if (!proposal.restsOnAlertsAlone()) {
            return Optional.empty();
        }
        return readingLedger(proposal, now, ledger -> last(ofKind(ActionKind.SHED, ledger), proposal)
                .map(shed -> last(ofKind(ActionKind.RESTORE, ledger), proposal)
                        .filter(shed::isBefore)
                        .orElse(shed))
                .map(last -> last.plus(SETTLING))
                .filter(now::isBefore)
                .flatMap(until -> Refusal.because(
                        Reason.LEFT_OVER,
                        Refusal.soon(now),
                        "load was shed here; until " + until
                                + " what is slow or fails is not held against single tasks")));
    }

    private static Stream<ActionRecord> ofKind(ActionKind kind, Ledger ledger) {
        return ledger.actions().stream().filter(done -> done.kind() == kind);
    }

    /** When the last of them was done to the service that the proposal is about. */
    private static Optional<Instant> last(Stream<ActionRecord> actions, Proposal proposal) {
        return actions.filter(done -> done.service().equals(proposal.action().service()))
                .map(ActionRecord::at)
                .max(Comparator.naturalOrder());
    }

    static Optional<Refusal> withinBudgets(Proposal proposal, Instant now) {
        if (proposal.action().reverts()) {
            return Optional.empty();
        }
        return readingLedger(proposal, now, ledger -> proposal.policy().budgets().stream()
                .map(budget -> withinBudget(budget, proposal, ledger, now))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Refusal::retryAt)));
    }

    private static Optional<Refusal> withinBudget(Budget budget, Proposal proposal, Ledger ledger, Instant now) {
        Instant windowStart = now.minus(budget.window());
        List<Instant> spent = repairs(ledger)
                .filter(done -> done.at().isAfter(windowStart) && counts(budget, done, proposal))
                .map(ActionRecord::at)
                .sorted()
                .toList();
        if (spent.size() < budget.limit()) {
            return Optional.empty();
        }
        // Free again once all but limit - 1 of them have left the window.
        Instant retryAt = spent.get(spent.size() - budget.limit()).plus(budget.window());
        return Refusal.because(
                Reason.BUDGET_SPENT,
                retryAt,
                "%d of %d actions within %s spent, scope %s"
                        .formatted(spent.size(), budget.limit(), budget.window(), budget.scope()));
    }

    private static boolean counts(Budget budget, ActionRecord done, Proposal proposal) {
        return switch (budget.scope()) {
            case GLOBAL -> true;
            case SERVICE -> done.service().equals(proposal.action().service());
            case TARGET ->
                done.service().equals(proposal.action().service())
                        && done.task().equals(proposal.victim());
        };
    }

    /** What was done to heal, which undoing is not. */
    static Stream<ActionRecord> repairs(Ledger ledger) {
        return ledger.actions().stream().filter(done -> !done.kind().reverts());
    }

    private static Optional<Refusal> readingLedger(
            Proposal proposal, Instant now, Function<Ledger, Optional<Refusal>> check) {
        return switch (proposal.diagnosis().situation().ledger()) {
            case Fact.Unknown<Ledger>(String why) ->
                Refusal.because(Reason.FACTS_UNKNOWN, Refusal.soon(now), "ledger: " + why);
            case Fact.Known<Ledger>(Ledger ledger, Instant _) -> check.apply(ledger);
        };
    }
}
