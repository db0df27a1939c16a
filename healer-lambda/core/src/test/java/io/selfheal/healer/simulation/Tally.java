package io.selfheal.healer.simulation;

import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.simulation.Simulation.Report;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Adds up many worlds without keeping them, so that a run may be as long as one likes. Thread-safe. */
final class Tally {
    private static final int TELL_EVERY = 5000;

    private final long begin = System.nanoTime();
    private final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    private final TreeMap<Long, Report> broken = new TreeMap<>();
    private long worlds;
    private long incidents;
    private long claims;
    private long escalated;
    private long virtualMillis;

    synchronized void add(Report report) {
        worlds++;
        incidents += report.incidents();
        claims += report.claims();
        escalated += report.escalated();
        virtualMillis += report.virtualMillis();
        report.reasons().forEach((reason, n) -> reasons.merge(reason, n, Long::sum));
        report.broken().ifPresent(_ -> broken.put(report.seed(), report));
        if (worlds % TELL_EVERY == 0) {
            System.out.println(figures());
        }
    }

    synchronized long incidents() {
        return incidents;
    }

    /** The one with the lowest seed. */
    synchronized Optional<Report> firstBroken() {
        return broken.isEmpty()
                ? Optional.empty()
                : Optional.of(broken.firstEntry().getValue());
    }

    synchronized String figures() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        return String.format(
                Locale.ROOT,
                "simulation: %d worlds, %d incidents, %d claims, %d escalated, %d broken, %.0f virtual s in %.1f s"
                        + " (%.0f to 1, %.0f incidents/s)",
                worlds,
                incidents,
                claims,
                escalated,
                broken.size(),
                virtualMillis / 1e3,
                seconds,
                virtualMillis / 1e3 / seconds,
                incidents / seconds);
    }

    /** The rule of three: with nothing seen in n, the true share is below 3/n with 95 % confidence. */
    synchronized String bound() {
        return broken.isEmpty()
                ? String.format(
                        Locale.ROOT,
                        "simulation: no rule broken in %d incidents: fewer than 1 in %.0f break one (95 %%, rule of three)",
                        incidents,
                        incidents / 3.0)
                : "simulation: broken seeds " + broken.keySet();
    }

    synchronized Map<Reason, Long> reasons() {
        return Map.copyOf(reasons);
    }
}
