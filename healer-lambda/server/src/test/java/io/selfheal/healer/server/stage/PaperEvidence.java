package io.selfheal.healer.server.stage;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.evidence.LogLine;
import io.selfheal.healer.evidence.Trace;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.watch.FleetView;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evidence as a Prometheus and a Loki would give it, for tests of what is made of it: a task that its probe does not find healthy fails half of its requests. */
@Factory
@Requires(property = "test.evidence", value = "true")
final class PaperEvidence {
    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Singleton
    EvidenceSource evidence(FleetView view, Clock clock) {
        return service -> {
            Instant now = clock.instant();
            Map<TaskId, Vitals> vitals = new HashMap<>();
            Map<TaskId, Trace> traces = new HashMap<>();
            view.latest(service).ifPresent(seen -> seen.health().forEach((task, fact) -> {
                boolean well = fact instanceof Fact.Known<TaskHealth>(TaskHealth health, Instant _) && health.healthy();
                vitals.put(task, new Vitals(12.5, well ? 0 : 0.48, 0));
                if (!well) {
                    traces.put(task, new Trace(TRACE, true, Duration.ofMillis(251), now));
                }
            }));
            Evidence none = Evidence.untold();
            return new Evidence(
                    new Fact.Known<>(vitals, now),
                    none.calls(),
                    none.retryShare(),
                    none.releases(),
                    none.stops(),
                    new Fact.Known<>(
                            List.of(new LogLine(
                                    Optional.empty(),
                                    now,
                                    "Connection is not available, request timed out after 250 ms; <b>pool</b> exhausted",
                                    Optional.of(TRACE))),
                            now),
                    new Fact.Known<>(traces, now));
        };
    }
}
