package io.selfheal.healer.engine;

import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which tasks failed or were slow a moment ago. An alert tells when it ended; what is measured tells of the present alone, and of
 * two tasks that a load made slow together the last one to recover would look like the only one that is sick. Remembered by this
 * process only: one that has just started has seen nothing. Thread-safe.
 */
final class ServedBadly {
    private final Duration together;
    private final Map<ServiceId, Map<TaskId, Instant>> seen = new ConcurrentHashMap<>();

    /** @param together so long what was is still part of the same trouble */
    ServedBadly(Duration together) {
        this.together = together;
    }

    void saw(ServiceId service, Evidence evidence, Instant at) {
        if (!(evidence.vitals() instanceof Fact.Known<Map<TaskId, Vitals>>(Map<TaskId, Vitals> vitals, Instant _))) {
            return;
        }
        Map<TaskId, Instant> bad = new HashMap<>();
        vitals.forEach((task, served) -> {
            if (served.failing() || served.slow()) {
                bad.put(task, at);
            }
        });
        seen.compute(service, (_, before) -> {
            Map<TaskId, Instant> all = new HashMap<>(before == null ? Map.of() : before);
            all.values().removeIf(then -> over(then, at));
            bad.forEach((task, then) -> all.merge(task, then, (one, other) -> one.isAfter(other) ? one : other));
            return all.isEmpty() ? null : Map.copyOf(all);
        });
    }

    Set<TaskId> lately(ServiceId service, Instant now) {
        return seen.getOrDefault(service, Map.of()).entrySet().stream()
                .filter(entry -> !over(entry.getValue(), now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean over(Instant then, Instant now) {
        return !then.plus(together).isAfter(now);
    }
}
