package io.selfheal.demo.watch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An incident as the healer tells it. */
public record Incident(
        String id,
        String service,
        String state,
        Instant openedAt,
        Optional<Instant> detectedAt,
        List<Alert> alerts,
        List<Entry> timeline) {

    /** States in which the healer has nothing left to do. */
    private static final Set<String> CLOSED = Set.of("RESOLVED", "ESCALATED");

    /** What the healer was told. */
    public record Alert(String source, String name, Optional<Instant> startsAt) {}

    /** One line of the healer's history; {@code actionKind} and {@code actionTask} are empty where it is about no action. */
    public record Entry(Instant at, String event, String reason, String detail, String actionKind, String actionTask) {}

    public Incident {
        alerts = List.copyOf(alerts);
        timeline = List.copyOf(timeline);
    }

    public boolean closed() {
        return CLOSED.contains(state);
    }

    /** Whether it is over, and nobody has to look at it any more. */
    public boolean resolved() {
        return state.equals("RESOLVED");
    }

    public boolean escalated() {
        return state.equals("ESCALATED");
    }

    /** When that event was first recorded. */
    public Optional<Instant> first(String event) {
        return timeline.stream()
                .filter(entry -> entry.event().equals(event))
                .map(Entry::at)
                .findFirst();
    }
}
