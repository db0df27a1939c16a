package io.selfheal.healer.decide;

import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What every proposed action has to pass. Each check is small and pure; what it cannot read it refuses. */
final class Guardrails {

    /** Empty: lets it pass. */
    @FunctionalInterface
    interface Guardrail {
        Optional<Refusal> check(Proposal proposal, Instant now);
    }

    /**
     * The one place of their order; the first refusal wins. Those that a human set come first, then those that need the
     * least of the facts. Shadow is last, so that what it writes down is what would really have been done.
     */
    private static final List<Guardrail> IN_ORDER = List.of(
            SurroundingsChecks::notPaused,
            SurroundingsChecks::noStorm,
            SurroundingsChecks::noDeploymentInProgress,
            LedgerChecks::notQuarantined,
            LedgerChecks::cooledDown,
            LedgerChecks::withinBudgets,
            TaskChecks::notManySick,
            SurroundingsChecks::calleesWell,
            TaskChecks::confirmed,
            TaskChecks::warmedUp,
            TaskChecks::aboveHealthyFloor,
            Guardrails::notInShadow);

    private Guardrails() {}

    static Optional<Refusal> firstRefusal(Proposal proposal, Instant now) {
        return IN_ORDER.stream()
                .map(guardrail -> guardrail.check(proposal, now))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Refusal> notInShadow(Proposal proposal, Instant now) {
        return proposal.policy().mode() == Policy.Mode.SHADOW && !proposal.reverts()
                ? Refusal.because(
                        Reason.SHADOW,
                        Refusal.soon(now),
                        "would " + proposal.action().kind().word()
                                + proposal.victim()
                                        .map(task -> " " + task.shortName())
                                        .orElse("") + ": "
                                + proposal.detail())
                : Optional.empty();
    }
}
