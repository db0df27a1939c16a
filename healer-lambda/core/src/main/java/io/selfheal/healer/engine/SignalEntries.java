package io.selfheal.healer.engine;

import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Fold.News;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the history says about signals. */
final class SignalEntries {
    // A storm of alerts about one service is one story; the incident itself lists the alerts.
    private static final int MAX = 20;

    private SignalEntries() {}

    /** A list of its own, for the caller to add to. */
    static List<HistoryEntry> of(Incident incident, List<News> news, String policy) {
        List<HistoryEntry> entries = new ArrayList<>();
        news.stream().limit(MAX).forEach(one -> entries.add(entry(incident, List.of(one), said(one.signal()), policy)));
        if (news.size() > MAX) {
            List<News> more = news.subList(MAX, news.size());
            entries.add(entry(incident, more, "and " + more.size() + " more signals", policy));
        }
        return entries;
    }

    private static HistoryEntry entry(Incident incident, List<News> news, String said, String policy) {
        return new HistoryEntry(
                incident.id(),
                incident.service(),
                news.getFirst().receivedAt(),
                HistoryEntry.Event.SIGNAL,
                news.getFirst().reason(),
                said,
                Optional.empty(),
                policy,
                news.stream().map(News::signal).toList());
    }

    private static String said(Signal signal) {
        return switch (signal) {
            case Signal.Firing(Alert alert) -> alert.name() + " fires" + about(alert.task()) + from(signal);
            case Signal.Resolved(Alert alert, Instant _) ->
                alert.name() + " resolved" + about(alert.task()) + from(signal);
            case Signal.FleetEvent event ->
                event.kind() + about(event.task()) + (event.detail().isBlank() ? "" : ": " + event.detail());
        };
    }

    private static String about(Optional<TaskId> task) {
        return task.map(id -> " on task " + id.shortName()).orElse("");
    }

    private static String from(Signal signal) {
        return ", says " + signal.source().word();
    }
}
