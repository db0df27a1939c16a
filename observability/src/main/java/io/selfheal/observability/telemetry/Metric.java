package io.selfheal.observability.telemetry;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A metric of ours.
 *
 * @param type as Prometheus calls it
 * @param labels without {@code le}, which every histogram has
 * @param services that may show it
 */
public record Metric(
        String name, String type, String unit, SortedSet<String> labels, SortedSet<String> services, String meaning) {
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary");
    private static final List<String> OF_TIMERS = List.of("_sum", "_count", "_max", "_bucket");

    public Metric {
        labels = new TreeSet<>(labels);
        services = new TreeSet<>(services);
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException(
                    name + ".type: expected counter, gauge, histogram or summary, was '" + type + "'");
        }
        if (meaning.isBlank() || unit.isBlank() || services.isEmpty()) {
            throw new IllegalArgumentException(name + ": unit, services and meaning must not be empty");
        }
        if (type.equals("counter") != name.endsWith("_total")) {
            throw new IllegalArgumentException(name + ": counters, and nothing else, end in _total");
        }
    }

    private boolean timer() {
        return type.equals("histogram") || type.equals("summary");
    }

    /** Whether a series of that name belongs to it. */
    boolean owns(String series) {
        return timer() ? OF_TIMERS.stream().anyMatch(part -> series.equals(name + part)) : series.equals(name);
    }

    /** Whether a series of it may have that label. */
    boolean allows(String label) {
        return labels.contains(label) || (label.equals("le") && type.equals("histogram"));
    }
}
