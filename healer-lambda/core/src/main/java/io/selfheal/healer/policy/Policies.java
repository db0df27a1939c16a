package io.selfheal.healer.policy;

import io.selfheal.healer.fleet.ServiceId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All policies of one file, in its order.
 *
 * @param name as the file names itself
 * @param calls which services a service calls, by name
 * @param storm when nothing is done, whatever the policies say
 * @param flap when a service that comes and goes is left alone, whatever the policies say
 * @param windows in which nothing new is begun
 * @param alarms what CloudWatch alarms are about, where they do not say so themselves
 * @param version the first 8 hex digits of the file's SHA-256
 */
public record Policies(
        String name,
        String version,
        StormBreaker storm,
        FlapBreaker flap,
        Map<String, Set<String>> calls,
        List<MaintenanceWindow> windows,
        List<AlarmMapping> alarms,
        List<Policy> policies) {

    public Policies {
        calls = Map.copyOf(calls);
        windows = List.copyOf(windows);
        alarms = List.copyOf(alarms);
        policies = List.copyOf(policies);
    }

    /** What the history shows: which text decided. */
    public String label() {
        return name + "@" + version;
    }

    /** The services that this one calls, in the same cluster. */
    public Set<ServiceId> calleesOf(ServiceId service) {
        return calls.getOrDefault(service.service(), Set.of()).stream()
                .map(callee -> new ServiceId(service.cluster(), callee))
                .collect(Collectors.toUnmodifiableSet());
    }

    public List<MaintenanceWindow> windowsOf(ServiceId service) {
        return windows.stream().filter(window -> window.covers(service)).toList();
    }

    /** The first policy that matches. */
    public Optional<Policy> match(Map<String, String> labels) {
        return at(firstFor(labels));
    }

    /** The first policy in the file's order that matches any of the alerts: it governs them all. */
    public Optional<Policy> matchAny(Collection<? extends Map<String, String>> alerts) {
        int first = policies.size();
        for (Map<String, String> labels : alerts) {
            first = Math.min(first, firstFor(labels));
        }
        return at(first);
    }

    private Optional<Policy> at(int index) {
        return index < policies.size() ? Optional.of(policies.get(index)) : Optional.empty();
    }

    /** Asked for each alert at each decision, so without a stream. */
    private int firstFor(Map<String, String> labels) {
        for (int i = 0; i < policies.size(); i++) {
            if (policies.get(i).matches(labels)) {
                return i;
            }
        }
        return policies.size();
    }

    /** Whether any of them decides by more than the tasks and their health. */
    public boolean useEvidence() {
        return policies.stream().anyMatch(Policy::usesEvidence);
    }

    /** How far back the ledger must be read to judge by any of them. */
    public Duration lookback() {
        return Policy.lookback(policies);
    }
}
