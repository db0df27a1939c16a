package io.selfheal.healer.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.TrackedAlert;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Counts and times what the history says, after it was saved. Labels come from closed vocabularies only. */
@Singleton
final class HistoryMetrics implements HistoryListener {

    /** Bounds from the speed goals: 0.1 s is the healer's own share, 6 s and 15 s the medians of the two profiles. */
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(6),
        Duration.ofSeconds(12),
        Duration.ofSeconds(15),
        Duration.ofSeconds(25),
        Duration.ofSeconds(60),
        Duration.ofMinutes(5)
    };

    private final MeterRegistry registry;
    private final Timer detect;
    private final Timer act;
    private final Timer repair;

    HistoryMetrics(MeterRegistry registry) {
        this.registry = registry;
        detect = timer("healer.detect", "From the start of the first alert to its arrival here");
        act = timer("healer.act", "From the arrival of the first signal to the fleet accepting the first action");
        repair = timer("healer.repair", "From the start of the first alert to the service verified well");
        for (Reason reason : Reason.values()) {
            refusals(reason);
        }
        for (ActionKind kind : ActionKind.values()) {
            for (ActionOutcome outcome : ActionOutcome.values()) {
                actions(kind, outcome);
            }
        }
    }

    @Override
    public void onHistory(Incident incident, List<HistoryEntry> entries) {
        if (incident.version() == 1) {
            startOf(incident).ifPresent(start -> record(detect, start, incident.detectedAt()));
        }
        for (HistoryEntry entry : entries) {
            count(incident, entry);
        }
    }

    private void count(Incident incident, HistoryEntry entry) {
        switch (entry.event()) {
            case ACTED -> {
                count(entry, ActionOutcome.ACCEPTED);
                if (incident.attempts() == 1) {
                    record(act, incident.detectedAt(), entry.at());
                }
            }
            case FAILED -> count(entry, ActionOutcome.of(entry.reason()));
            case SUPPRESS, ESCALATE -> refusals(entry.reason()).increment();
            case RESOLVE -> repaired(incident);
            case SIGNAL, ACT, WAIT, APPROVE, VERIFY, REVERT -> {}
        }
    }

    private void count(HistoryEntry entry, ActionOutcome outcome) {
        entry.action().ifPresent(action -> actions(action.kind(), outcome).increment());
    }

    /** Only what the healer itself repaired: a service that recovers alone says nothing about the healer's speed. */
    private void repaired(Incident incident) {
        if (incident.actedAt().isPresent() && incident.healedAt().isPresent()) {
            Instant healed = incident.healedAt().get();
            startOf(incident).ifPresent(start -> record(repair, start, healed));
        }
    }

    private static Optional<Instant> startOf(Incident incident) {
        return incident.alerts().stream()
                .map(TrackedAlert::alert)
                .map(alert -> alert.startsAt())
                .min(Instant::compareTo);
    }

    /** Clocks of two machines may disagree by a little; a negative time would be dropped and the incident not counted. */
    private static void record(Timer timer, Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        timer.record(time.isNegative() ? Duration.ZERO : time);
    }

    private Counter actions(ActionKind kind, ActionOutcome outcome) {
        return Counter.builder("healer.actions")
                .description("Actions by kind and by what the fleet answered")
                .tag("kind", kind.word())
                .tag("outcome", outcome.word())
                .register(registry);
    }

    private Counter refusals(Reason reason) {
        return Counter.builder("healer.refusals")
                .description("Decisions not to act, by reason")
                .tag("reason", reason.name())
                .register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }
}
