package io.selfheal.healer.policy;

import io.selfheal.healer.evidence.Evidence;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What to do about the alerts that it matches, in which order, and within which limits.
 *
 * @param ladder the actions in the order in which they are tried, each once; what comes after the last is a human
 * @param confirm who else must see a task sick before it is taken away
 * @param warmUp a task this young is slow by nature, so no alert alone takes it away, only the word of the healer's probe
 * @param cooldown between two actions on the same service
 * @param lease how long one action may take before another healer looks at it
 * @param approval rungs that take a person's yes
 * @param approvalExpiry how long that person has; then it is a no
 * @param scaleOut present when the ladder scales out
 * @param means how the other actions are meant
 * @param requires what must be known of the service before anything is done to it
 */
public record Policy(
        String name,
        List<Matcher> match,
        List<Rung> ladder,
        Mode mode,
        Confirm confirm,
        Duration warmUp,
        Duration cooldown,
        List<Budget> budgets,
        HealthyFloor healthyFloor,
        Strikes strikes,
        Verification verification,
        Duration lease,
        Set<Rung> approval,
        Duration approvalExpiry,
        Optional<ScaleOutLimits> scaleOut,
        Means means,
        Set<Evidence.Part> requires) {

    public Policy {
        match = List.copyOf(match);
        ladder = List.copyOf(ladder);
        budgets = List.copyOf(budgets);
        requires = Set.copyOf(requires);
        approval = Set.copyOf(approval);
    }

    /** Whether decisions are carried out, or only written down. */
    public enum Mode {
        ACT,
        SHADOW
    }

    /** Whose word it takes besides the alert's: nobody's, or that of the healer's own probe. */
    public enum Confirm {
        NONE,
        PROBE
    }

    /** What a budget counts the actions of. */
    public enum Scope {
        TARGET,
        SERVICE,
        GLOBAL
    }

    /** At most {@code limit} actions within the sliding window. */
    public record Budget(Scope scope, int limit, Duration window) {
        public Budget {
            requirePositive("limit", limit);
            requirePositive("window", window);
        }
    }

    /** So many ineffective actions on a service within the window: no more actions for the time of the quarantine. */
    public record Strikes(int limit, Duration window, Duration quarantine) {
        public Strikes {
            requirePositive("limit", limit);
            requirePositive("window", window);
            requirePositive("quarantine", quarantine);
        }
    }

    /**
     * When an action counts as having helped.
     *
     * @param stabilisation how long the service has to be well without a break
     * @param deadline how long after the action it has to have become so
     */
    public record Verification(Duration stabilisation, Duration deadline) {
        public Verification {
            requirePositive("stabilisation", stabilisation);
            requirePositive("deadline", deadline);
        }
    }

    /**
     * How a service is scaled out.
     *
     * @param add tasks at once
     * @param ceiling the desired count is never raised beyond this
     * @param returnAfter when it is undone
     */
    public record ScaleOutLimits(int add, int ceiling, Duration returnAfter) {
        public ScaleOutLimits {
            requirePositive("add", add);
            requirePositive("ceiling", ceiling);
            requirePositive("returnAfter", returnAfter);
        }
    }

    public boolean matches(Map<String, String> labels) {
        for (Matcher matcher : match) {
            if (!matcher.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a decision by it depends on more than the tasks and their health. */
    boolean usesEvidence() {
        return !requires.isEmpty() || ladder.stream().anyMatch(Rung::goesByEvidence);
    }

    /** How far back the ledger must be read to judge by this policy. */
    Duration lookback() {
        return Stream.of(
                        Stream.of(cooldown, strikes.window().plus(strikes.quarantine())),
                        budgets.stream().map(Budget::window))
                .flatMap(part -> part)
                .max(Duration::compareTo)
                .orElse(cooldown);
    }

    static Duration lookback(Collection<Policy> policies) {
        return policies.stream().map(Policy::lookback).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private static void requirePositive(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + ": expected 1 or more, was " + value);
        }
    }

    private static void requirePositive(String field, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(field + ": expected longer than zero, was " + value);
        }
    }
}
