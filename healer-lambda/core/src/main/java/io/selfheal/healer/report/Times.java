package io.selfheal.healer.report;

import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How long the parts of an incident took: reckoned as the healer's own metrics are. */
record Times(Instant start, Optional<Duration> detect, Optional<Duration> act, Optional<Duration> repair) {

    static Times of(Incident incident, List<HistoryEntry> history) {
        Optional<Instant> firstAlert = incident.alerts().stream()
                .map(tracked -> tracked.alert().startsAt())
                .min(Instant::compareTo);
        Instant start =
                firstAlert.filter(at -> at.isBefore(incident.detectedAt())).orElse(incident.detectedAt());
        Optional<Instant> acted = history.stream()
                .filter(entry -> entry.event() == Event.ACTED)
                .map(HistoryEntry::at)
                .findFirst();
        return new Times(
                start,
                firstAlert.map(_ -> Duration.between(start, incident.detectedAt())),
                acted.map(at -> Duration.between(incident.detectedAt(), at)),
                incident.healedAt().map(at -> Duration.between(start, at)));
    }

    /** When it ended, as far as it has. */
    static Optional<Instant> end(Incident incident) {
        return switch (incident.state()) {
            case IncidentState.Resolved(Instant at) -> Optional.of(at);
            case IncidentState.Open _,
                    IncidentState.Acting _,
                    IncidentState.Verifying _,
                    IncidentState.Settling _,
                    IncidentState.Escalated _ -> Optional.empty();
        };
    }

    /** As a person reads it: 12.3 s, 4 min 5 s, 3 h 2 min. */
    static String words(Duration time) {
        Duration shown = time.isNegative() ? Duration.ZERO : time;
        if (shown.compareTo(Duration.ofMinutes(1)) < 0) {
            return "%d.%d s".formatted(shown.toSeconds(), shown.toMillisPart() / 100);
        }
        return shown.compareTo(Duration.ofHours(1)) < 0
                ? shown.toMinutes() + " min " + shown.toSecondsPart() + " s"
                : shown.toHours() + " h " + shown.toMinutesPart() + " min";
    }
}
