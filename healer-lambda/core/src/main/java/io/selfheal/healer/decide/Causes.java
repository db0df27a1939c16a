package io.selfheal.healer.decide;

import io.selfheal.healer.decide.Cause.Itself;
import io.selfheal.healer.decide.Cause.RetryStorm;
import io.selfheal.healer.decide.Cause.SickCallee;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.policy.Rung;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the cause: only one that the policy has a rung for, but for a sick callee, which every restart has to reckon with. */
final class Causes {

    private Causes() {}

    static Cause of(Diagnosis diagnosis, Policy policy, Instant now) {
        Optional<Cause> release =
                policy.ladder().contains(Rung.ROLL_BACK) ? Suspicion.of(diagnosis, policy, now) : Optional.empty();
        return release.or(() -> callee(diagnosis, now))
                .or(() -> policy.ladder().contains(Rung.SHED) ? retryStorm(diagnosis, policy) : Optional.empty())
                .orElseGet(Itself::new);
    }

    /** For a person: the causes that this policy has no answer to. */
    static List<String> notLookedFor(Policy policy) {
        return Stream.of(
                        policy.ladder().contains(Rung.ROLL_BACK)
                                ? Stream.<String>empty()
                                : Stream.of("bad release, the ladder has no " + Rung.ROLL_BACK.word()),
                        policy.ladder().contains(Rung.SHED)
                                ? Stream.<String>empty()
                                : Stream.of("retry storm, the ladder has no " + Rung.SHED.word()))
                .flatMap(words -> words)
                .toList();
    }

    /** A single task that the probe itself finds sick among healthy ones is sick by itself. */
    private static Optional<Cause> callee(Diagnosis diagnosis, Instant now) {
        return Choice.freshCulprit(diagnosis).filter(diagnosis::seenSick).isPresent()
                ? Optional.empty()
                : SurroundingsChecks.sickCallee(diagnosis, now)
                        .map(callee -> new SickCallee(callee.service(), callee.detail()));
    }

    private static Optional<Cause> retryStorm(Diagnosis diagnosis, Policy policy) {
        return diagnosis.situation().evidence().retryShare() instanceof Fact.Known<Double>(Double share, Instant _)
                        && share * 100 >= policy.means().shedding().retryPercent()
                        && !ofSome(diagnosis)
                        && workWaits(diagnosis)
                ? Optional.of(new RetryStorm(
                        String.format(Locale.ROOT, "%.0f %% of its calls repeat calls that had failed", share * 100)))
                : Optional.empty();
    }

    /** One sick task of two alone makes half of its callers' attempts fail, and be repeated. */
    private static boolean ofSome(Diagnosis diagnosis) {
        return diagnosis.state().running() > 1 && !diagnosis.sick().isEmpty() && !diagnosis.manySick();
    }

    /** What fails at once, as without its database, is repeated as well; but it is the load that keeps an overload up. */
    private static boolean workWaits(Diagnosis diagnosis) {
        return diagnosis.state().tasks().stream()
                .filter(Task::running)
                .anyMatch(
                        task -> diagnosis.vitals(task.id()).filter(Vitals::slow).isPresent());
    }
}
