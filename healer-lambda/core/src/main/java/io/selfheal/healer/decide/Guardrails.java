package io.selfheal.healer.decide;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.fleet.ServiceState.Deployment;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.policy.Policy.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What every proposed action has to pass. Each check is small and pure; what it cannot read it refuses. */
final class Guardrails {

    /** @param retryAt when the refusal may have lost its cause */
    record Refusal(Reason reason, Instant retryAt, String detail) {}

    /** Empty: lets it pass. */
    @FunctionalInterface
    interface Guardrail {
        Optional<Refusal> check(Proposal proposal, Instant now);
    }

    private static final Duration RETRY = Duration.ofSeconds(1);

    /**
     * The one place of their order; the first refusal wins. Those that a human set come first, then those that need the
     * least of the facts. Shadow is last, so that what it writes down is what would really have been done.
     */
    private static final List<Guardrail> IN_ORDER = List.of(
            Guardrails::notPaused,
            Guardrails::noStorm,
            Guardrails::noDeploymentInProgress,
            Guardrails::notQuarantined,
            Guardrails::cooledDown,
            Guardrails::withinBudgets,
            Guardrails::notManySick,
            Guardrails::confirmed,
            Guardrails::warmedUp,
            Guardrails::aboveHealthyFloor,
            Guardrails::notInShadow);

    private Guardrails() {}

    static Optional<Refusal> firstRefusal(Proposal proposal, Instant now) {
        return IN_ORDER.stream()
                .map(guardrail -> guardrail.check(proposal, now))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Refusal> refuse(Reason reason, Instant retryAt, String detail) {
        return Optional.of(new Refusal(reason, retryAt, detail));
    }

    private static Optional<Refusal> notPaused(Proposal proposal, Instant now) {
        return switch (proposal.diagnosis().situation().pauses()) {
            case Fact.Unknown<List<Pause>>(String why) ->
                refuse(Reason.FACTS_UNKNOWN, now.plus(RETRY), "pauses: " + why);
            case Fact.Known<List<Pause>>(List<Pause> pauses, Instant _) ->
                pauses.stream()
                        .filter(pause -> pause.covers(proposal.action().service(), now))
                        .findFirst()
                        .flatMap(pause -> refuse(
                                Reason.PAUSED,
                                earlier(pause.until(), now.plus(RETRY)),
                                "paused by " + pause.owner() + " until " + pause.until() + ": " + pause.reason()));
        };
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** What was done before may still be undone in a storm; nothing new is begun. */
    private static Optional<Refusal> noStorm(Proposal proposal, Instant now) {
        if (proposal.reverts()) {
            return Optional.empty();
        }
        return switch (proposal.diagnosis().situation().openings()) {
            case Fact.Unknown<List<Opening>>(String why) ->
                refuse(Reason.FACTS_UNKNOWN, now.plus(RETRY), "other incidents: " + why);
            case Fact.Known<List<Opening>>(List<Opening> openings, Instant _) ->
                proposal.diagnosis()
                        .storm()
                        .until(withOwn(openings, proposal.diagnosis().incident()), now)
                        .flatMap(until -> refuse(
                                Reason.STORM,
                                until,
                                "services fell ill together; nothing is done before " + until
                                        + ", or later if more do"));
        };
    }

    /** An incident that is just being opened is not in the store yet. */
    private static List<Opening> withOwn(List<Opening> openings, Incident incident) {
        List<Opening> all = new ArrayList<>(openings);
        all.add(new Opening(incident.service(), incident.detectedAt()));
        return all;
    }

    private static Optional<Refusal> noDeploymentInProgress(Proposal proposal, Instant now) {
        Optional<Deployment> deployment = proposal.diagnosis().state().deployment();
        return deployment.flatMap(going -> refuse(
                Reason.DEPLOYMENT_IN_PROGRESS,
                now.plus(RETRY),
                "deployment " + going.id() + " of " + going.revision() + " is " + going.rolloutState()));
    }

    private static Optional<Refusal> notQuarantined(Proposal proposal, Instant now) {
        if (proposal.reverts()) {
            return Optional.empty();
        }
        return readingLedger(proposal, now, ledger -> Quarantine.of(proposal, ledger)
                .filter(quarantine -> now.isBefore(quarantine.until()))
                .flatMap(quarantine -> refuse(
                        Reason.THREE_STRIKES,
                        quarantine.until(),
                        quarantine.strikes() + " actions did not help; no more until " + quarantine.until())));
    }

    private static Optional<Refusal> cooledDown(Proposal proposal, Instant now) {
        if (proposal.reverts()) {
            return Optional.empty();
        }
        return readingLedger(proposal, now, ledger -> repairs(ledger)
                .filter(done -> done.service().equals(proposal.action().service()))
                .map(ActionRecord::at)
                .max(Comparator.naturalOrder())
                .map(last -> last.plus(proposal.policy().cooldown()))
                .filter(now::isBefore)
                .flatMap(until -> refuse(Reason.COOLDOWN, until, "cooling down until " + until)));
    }

    private static Optional<Refusal> withinBudgets(Proposal proposal, Instant now) {
        if (proposal.reverts()) {
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
        return refuse(
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
        return ledger.actions().stream().filter(done -> done.kind() != ActionKind.SCALE_BACK);
    }

    private static Optional<Refusal> notManySick(Proposal proposal, Instant now) {
        Diagnosis diagnosis = proposal.diagnosis();
        return takesTasksAway(proposal) && diagnosis.manySick()
                ? refuse(
                        Reason.MANY_SICK_TASKS,
                        now.plus(RETRY),
                        diagnosis.manySickTasks() + " of " + diagnosis.state().running()
                                + " tasks are sick or were a moment ago: not the fault of one task")
                : Optional.empty();
    }

    /** What an alert says and the task itself denies is a fault of the measuring: a broken scrape must not empty a fleet. */
    private static Optional<Refusal> confirmed(Proposal proposal, Instant now) {
        Diagnosis diagnosis = proposal.diagnosis();
        boolean seen = proposal.victim().map(diagnosis::seenSick).orElseGet(() -> diagnosis.sick().stream()
                .anyMatch(diagnosis::seenSick));
        return proposal.policy().confirm() == Policy.Confirm.PROBE && takesTasksAway(proposal) && !seen
                ? refuse(Reason.NOT_CONFIRMED, now.plus(RETRY), "an alert says so, the probe does not see it")
                : Optional.empty();
    }

    /** A newborn task is slow, and refuses what it is not ready for: restarting it would only bring about the next newborn. */
    private static Optional<Refusal> warmedUp(Proposal proposal, Instant now) {
        Diagnosis diagnosis = proposal.diagnosis();
        return proposal.victim()
                .filter(task -> !diagnosis.seenSick(task))
                .flatMap(diagnosis.state()::task)
                .flatMap(Task::startedAt)
                .map(started -> started.plus(proposal.policy().warmUp()))
                .filter(now::isBefore)
                .flatMap(until -> refuse(
                        Reason.WARMING_UP,
                        until,
                        "it is warming up until " + until + ", and its probe does not see it sick"));
    }

    private static Optional<Refusal> aboveHealthyFloor(Proposal proposal, Instant now) {
        if (!takesTasksAway(proposal)) {
            return Optional.empty();
        }
        int required = proposal.policy()
                .healthyFloor()
                .required(proposal.diagnosis().state().desired());
        long healthy = proposal.diagnosis().healthyBesides(proposal.victim());
        return healthy >= required
                ? Optional.empty()
                : refuse(
                        Reason.HEALTHY_FLOOR,
                        now.plus(RETRY),
                        healthy + " other healthy tasks, " + required + " required");
    }

    private static boolean takesTasksAway(Proposal proposal) {
        return switch (proposal.action()) {
            case Action.RestartTask _, Action.Redeploy _ -> true;
            case Action.ScaleOut _, Action.ScaleBack _ -> false;
        };
    }

    private static Optional<Refusal> notInShadow(Proposal proposal, Instant now) {
        return proposal.policy().mode() == Policy.Mode.SHADOW && !proposal.reverts()
                ? refuse(
                        Reason.SHADOW,
                        now.plus(RETRY),
                        "would " + proposal.action().kind().word()
                                + proposal.victim()
                                        .map(task -> " " + task.shortName())
                                        .orElse("") + ": "
                                + proposal.detail())
                : Optional.empty();
    }

    private static Optional<Refusal> readingLedger(
            Proposal proposal, Instant now, Function<Ledger, Optional<Refusal>> check) {
        return switch (proposal.diagnosis().situation().ledger()) {
            case Fact.Unknown<Ledger>(String why) -> refuse(Reason.FACTS_UNKNOWN, now.plus(RETRY), "ledger: " + why);
            case Fact.Known<Ledger>(Ledger ledger, Instant _) -> check.apply(ledger);
        };
    }
}
