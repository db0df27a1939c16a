package io.selfheal.healer.policy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All policies of one file, in its order.
 *
 * @param name as the file names itself
 * @param storm when nothing is done, whatever the policies say
 * @param version the first 8 hex digits of the file's SHA-256
 */
public record Policies(String name, String version, StormBreaker storm, List<Policy> policies) {

    public Policies {
        policies = List.copyOf(policies);
    }

    /** What the history shows: which text decided. */
    public String label() {
        return name + "@" + version;
    }

    /** The first policy that matches. */
    public Optional<Policy> match(Map<String, String> labels) {
        return policies.stream().filter(policy -> policy.matches(labels)).findFirst();
    }

    /** The first policy in the file's order that matches any of the alerts: it governs them all. */
    public Optional<Policy> matchAny(Collection<? extends Map<String, String>> alerts) {
        return policies.stream()
                .filter(policy -> alerts.stream()
                        .anyMatch(labels -> match(labels).filter(policy::equals).isPresent()))
                .findFirst();
    }

    /** How far back the ledger must be read to judge by any of them. */
    public Duration lookback() {
        return Policy.lookback(policies);
    }
}
