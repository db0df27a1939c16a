package io.selfheal.healer.decide;

import io.selfheal.healer.control.Silence;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.MaintenanceWindow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Guardrails about what people have said beforehand. What was done before may still be undone: nothing new is begun. */
final class HumanChecks {

    private HumanChecks() {}

    static Optional<Refusal> noMaintenance(Proposal proposal, Instant now) {
        if (proposal.action().reverts()) {
            return Optional.empty();
        }
        return proposal.diagnosis().windows().stream()
                .flatMap(window -> inWindow(window, now).stream())
                .max(Comparator.comparing(Refusal::retryAt));
    }

    /** Of a task that is named only by silenced alerts, and of a service of which nothing else is told. */
    static Optional<Refusal> notSilenced(Proposal proposal, Instant now) {
        if (proposal.action().reverts()) {
            return Optional.empty();
        }
        Diagnosis diagnosis = proposal.diagnosis();
        return switch (diagnosis.situation().instructions().silences()) {
            case Fact.Unknown<List<Silence>>(String why) ->
                Refusal.because(Reason.FACTS_UNKNOWN, Refusal.soon(now), "silences: " + why);
            case Fact.Known<List<Silence>>(List<Silence> silences, Instant _) -> {
                Optional<TaskId> leftAlone = proposal.victim().filter(diagnosis::leftAlone);
                yield diagnosis.allSilenced() || leftAlone.isPresent()
                        ? silenced(diagnosis, leftAlone, silences, now)
                        : Optional.empty();
            }
        };
    }

    private static Optional<Refusal> silenced(
            Diagnosis diagnosis, Optional<TaskId> leftAlone, List<Silence> silences, Instant now) {
        String who = silences.stream()
                .filter(silence -> silence.holds(now))
                .filter(silence -> diagnosis.silenced().stream()
                        .filter(alert -> leftAlone.isEmpty() || alert.task().equals(leftAlone))
                        .anyMatch(alert -> silence.matches(alert.labels())))
                .map(silence -> silence.owner() + " until " + silence.until() + ": " + silence.comment())
                .distinct()
                .collect(Collectors.joining("; "));
        return Refusal.because(Reason.SILENCED, Refusal.soon(now), "silenced by " + who);
    }

    private static Optional<Refusal> inWindow(MaintenanceWindow window, Instant now) {
        return window.openUntil(now)
                .flatMap(until -> Refusal.because(
                        Reason.MAINTENANCE_WINDOW,
                        until,
                        "maintenance window " + window.name() + " is open until " + until));
    }
}
