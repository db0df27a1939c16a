package io.selfheal.healer.decide;

import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every proposed action has to pass. Each check is small and pure; what it cannot read it refuses. */
final class Guardrails {

    /** Empty: lets it pass. */
    @FunctionalInterface
    interface Guardrail {
        Optional<Refusal> check(Proposal proposal, Instant now);
    }

    /** By the name that docs/architecture.md and {@code explain} give it. */
    private record Named(String name, Guardrail guardrail) {}

    /**
     * The one place of their order; the first refusal wins. Those that a human set come first, then those that need the
     * least of the facts. Shadow comes after
     * those of the machine, so that what it writes down is what would really have been done; a person is asked last, and only
     * for what would be done.
     */
    private static final List<Named> IN_ORDER = List.of(
            new Named("pause", SurroundingsChecks::notPaused),
            new Named("maintenance", HumanChecks::noMaintenance),
            new Named("silence", HumanChecks::notSilenced),
            new Named("storm", SurroundingsChecks::noStorm),
            new Named("deployment", SurroundingsChecks::noDeploymentInProgress),
            new Named("quarantine", LedgerChecks::notQuarantined),
            new Named("flapping", SurroundingsChecks::notFlapping),
            new Named("cooldown", LedgerChecks::cooledDown),
            new Named("budgets", LedgerChecks::withinBudgets),
            new Named("evidence", Guardrails::evidenceKnown),
            new Named("many sick", TaskChecks::notManySick),
            new Named("callees", SurroundingsChecks::calleesWell),
            new Named("left over", Guardrails::nothingLeftOver),
            new Named("confirmation", TaskChecks::confirmed),
            new Named("warm-up", TaskChecks::warmedUp),
            new Named("healthy floor", TaskChecks::aboveHealthyFloor),
            new Named("shadow", Guardrails::notInShadow),
            new Named("approval", ApprovalCheck::approved));

    private Guardrails() {}

    static Optional<Refusal> firstRefusal(Proposal proposal, Instant now) {
        return IN_ORDER.stream()
                .map(named -> named.guardrail().check(proposal, now))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What every one of them says, also those behind the first refusal. */
    static List<Explanation.Check> everyCheck(Proposal proposal, Instant now) {
        return IN_ORDER.stream()
                .map(named -> {
                    Optional<Refusal> refusal = named.guardrail().check(proposal, now);
                    return new Explanation.Check(
                            named.name(),
                            refusal.map(Refusal::reason),
                            refusal.map(Refusal::detail).orElse(""));
                })
                .toList();
    }

    private static Optional<Refusal> nothingLeftOver(Proposal proposal, Instant now) {
        return SurroundingsChecks.nothingLeftOver(proposal, now).or(() -> LedgerChecks.loadSettled(proposal, now));
    }

    private static Optional<Refusal> evidenceKnown(Proposal proposal, Instant now) {
        if (proposal.action().reverts()) {
            return Optional.empty();
        }
        Map<Evidence.Part, String> missing =
                proposal.diagnosis().situation().evidence().missing();
        return proposal.policy().requires().stream()
                .filter(missing::containsKey)
                .findFirst()
                .flatMap(part -> Refusal.because(
                        Reason.EVIDENCE_MISSING,
                        Refusal.soon(now),
                        "the policy wants to know the " + part.word() + " before it acts: " + missing.get(part)));
    }

    private static Optional<Refusal> notInShadow(Proposal proposal, Instant now) {
        return proposal.policy().mode() == Policy.Mode.SHADOW
                        && !proposal.action().reverts()
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
