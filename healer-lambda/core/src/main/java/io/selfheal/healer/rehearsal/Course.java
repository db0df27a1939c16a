package io.selfheal.healer.rehearsal;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.IncidentState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What one policy file made of one incident, from its opening on. */
final class Course {
    private static final int MAX_SHOWN = 8;

    private record Line(Instant at, String what) {}

    private final String key;
    private final Instant openedAt;
    private final List<Line> lines = new ArrayList<>();
    private Phase state = Phase.OPEN;

    Course(ServiceId service, Instant openedAt) {
        this.key = service + " opened " + openedAt;
        this.openedAt = openedAt;
    }

    void add(List<HistoryEntry> entries, Phase now) {
        entries.forEach(entry -> lines.add(new Line(entry.at(), what(entry))));
        state = now;
    }

    static String what(HistoryEntry entry) {
        return entry.event() + " " + entry.reason()
                + entry.action().map(action -> " " + words(action)).orElse("");
    }

    private static String words(Action action) {
        return action.kind().word()
                + action.victim().map(task -> " " + task.shortName()).orElse("");
    }

    /** The same opening in two replays: the same incident. */
    String key() {
        return key;
    }

    Phase state() {
        return state;
    }

    /** When something happened is not what was decided. */
    boolean decidedLike(Course other) {
        return state == other.state
                && lines.stream()
                        .map(Line::what)
                        .toList()
                        .equals(other.lines.stream().map(Line::what).toList());
    }

    @Override
    public String toString() {
        String shown = lines.stream()
                .limit(MAX_SHOWN)
                .map(line -> "+" + Duration.between(openedAt, line.at()).toSeconds() + "s " + line.what())
                .collect(Collectors.joining(", "));
        int more = lines.size() - MAX_SHOWN;
        return shown + (more > 0 ? ", and " + more + " more" : "") + " -> " + state;
    }
}
