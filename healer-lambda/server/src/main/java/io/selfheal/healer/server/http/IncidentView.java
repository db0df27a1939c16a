package io.selfheal.healer.server.http;

import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.TrackedAlert;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One incident as the API shows it.
 *
 * @param action what is being done, or was done last
 * @param timeline everything that happened, in order; absent in lists
 */
@Serdeable
record IncidentView(
        String id,
        ServiceView service,
        String state,
        Instant openedAt,
        Instant updatedAt,
        Instant detectedAt,
        @Nullable Instant actedAt,
        @Nullable Instant healedAt,
        int attempts,
        @Nullable ActionView action,
        List<AlertView> alerts,
        @Nullable List<EntryView> timeline) {

    static IncidentView withoutTimeline(Incident incident) {
        return of(incident, current(incident.state()), null);
    }

    static IncidentView withTimeline(Incident incident, List<HistoryEntry> history, List<HistoryEntry> unsaved) {
        Optional<Action> last = history.stream()
                .filter(entry -> entry.event() == Event.ACT)
                .flatMap(entry -> entry.action().stream())
                .reduce((earlier, later) -> later);
        return of(
                incident,
                current(incident.state()).or(() -> last),
                Stream.concat(
                                history.stream().map(EntryView::of),
                                // It may have been saved between the two reads.
                                unsaved.stream()
                                        .filter(entry -> !history.contains(entry))
                                        .map(EntryView::of)
                                        .map(EntryView::unsaved))
                        .toList());
    }

    private static IncidentView of(Incident incident, Optional<Action> action, @Nullable List<EntryView> timeline) {
        return new IncidentView(
                incident.id().value(),
                ServiceView.of(incident.service()),
                incident.state().phase().name(),
                incident.detectedAt(),
                incident.updatedAt(),
                incident.detectedAt(),
                incident.actedAt().orElse(null),
                incident.healedAt().orElse(null),
                incident.attempts(),
                action.map(ActionView::of).orElse(null),
                incident.alerts().stream().map(AlertView::of).toList(),
                timeline);
    }

    private static Optional<Action> current(IncidentState state) {
        return switch (state) {
            case IncidentState.Acting acting -> Optional.of(acting.action());
            case IncidentState.Verifying verifying -> Optional.of(verifying.action());
            case IncidentState.Open _, IncidentState.Settling _, IncidentState.Resolved _, IncidentState.Escalated _ ->
                Optional.empty();
        };
    }

    /** A service by its cluster and name. */
    @Serdeable
    record ServiceView(String cluster, String service) {
        static ServiceView of(ServiceId id) {
            return new ServiceView(id.cluster(), id.service());
        }
    }

    /**
     * An action.
     *
     * @param kind the word of policies and metrics, for example restart-task
     * @param task the task's ARN, where the action is about one task
     */
    @Serdeable
    record ActionView(String kind, @Nullable String task) {
        static ActionView of(Action action) {
            return new ActionView(
                    action.kind().word(), action.victim().map(TaskId::arn).orElse(null));
        }
    }

    /** An alert of the incident; status is firing or resolved. */
    @Serdeable
    record AlertView(String source, String name, @Nullable String task, String status, Instant startsAt) {
        static AlertView of(TrackedAlert tracked) {
            return new AlertView(
                    tracked.alert().source().word(),
                    tracked.alert().name(),
                    tracked.alert().task().map(TaskId::arn).orElse(null),
                    tracked.firing() ? "firing" : "resolved",
                    tracked.alert().startsAt());
        }
    }

    /**
     * One line of the timeline.
     *
     * @param saved false: known to this healer, and written with its next write
     */
    @Serdeable
    record EntryView(
            Instant at,
            String event,
            String reason,
            String detail,
            @Nullable ActionView action,
            String policy,
            boolean saved) {
        static EntryView of(HistoryEntry entry) {
            return new EntryView(
                    entry.at(),
                    entry.event().name(),
                    entry.reason().name(),
                    entry.detail(),
                    entry.action().map(ActionView::of).orElse(null),
                    entry.policy(),
                    true);
        }

        EntryView unsaved() {
            return new EntryView(at, event, reason, detail, action, policy, false);
        }
    }
}
