package io.selfheal.healer.decide;

import io.selfheal.healer.decide.Cause.Itself;
import io.selfheal.healer.decide.Cause.RetryStorm;
import io.selfheal.healer.decide.Cause.SickCallee;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.policy.Rung;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

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

    /** A single task that the probe itself finds sick among healthy ones is sick by itself. */
    private static Optional<Cause> callee(Diagnosis diagnosis, Instant now) {
        return Choice.freshCulprit(diagnosis).filter(diagnosis::seenSick).isPresent()
                ? Optional.empty()
                : SurroundingsChecks.sickCallee(diagnosis, now)
                        .map(callee -> new SickCallee(callee.service(), callee.detail()));
    }

    /** One sick task of two alone makes half of its callers' attempts fail, and be repeated: that is no storm. */
    private static Optional<Cause> retryStorm(Diagnosis diagnosis, Policy policy) {
        boolean ofSome = diagnosis.state().running() > 1 && !diagnosis.sick().isEmpty() && !diagnosis.manySick();
        return !ofSome
                        && diagnosis.situation().evidence().retryShare()
                                instanceof Fact.Known<Double>(Double share, Instant _)
                        && share * 100 >= policy.means().shedding().retryPercent()
                ? Optional.of(new RetryStorm(
                        String.format(Locale.ROOT, "%.0f %% of its calls repeat calls that had failed", share * 100)))
                : Optional.empty();
    }
}
