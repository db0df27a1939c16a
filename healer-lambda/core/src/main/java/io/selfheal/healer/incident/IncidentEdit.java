package io.selfheal.healer.incident;

import io.selfheal.healer.chain.ChainHead;
import io.selfheal.healer.fleet.Action;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Derives one incident from another: change what differs, then {@link #done()}. Not for sharing. */
public final class IncidentEdit {
    private final Incident from;
    private long version;
    private ChainHead history;
    private IncidentState state;
    private int attempts;
    private int strikes;
    private List<Action> tried;
    private List<TrackedAlert> alerts;
    private List<Measure> measures;
    private Optional<Held> held;
    private Optional<Instant> actedAt;
    private Optional<Instant> healedAt;
    private Instant updatedAt;
    private Optional<Instant> dueAt;
    private Optional<Asked> asked;

    IncidentEdit(Incident from) {
        this.from = from;
        version = from.version();
        history = from.history();
        state = from.state();
        attempts = from.attempts();
        strikes = from.strikes();
        tried = from.tried();
        alerts = from.alerts();
        measures = from.measures();
        held = from.held();
        actedAt = from.actedAt();
        healedAt = from.healedAt();
        updatedAt = from.updatedAt();
        dueAt = from.dueAt();
        asked = from.asked();
    }

    public IncidentEdit version(long value) {
        version = value;
        return this;
    }

    IncidentEdit history(ChainHead value) {
        history = value;
        return this;
    }

    /** Moves to another state if the table of {@link Transitions} knows the way. */
    public IncidentEdit move(Transitions.Event event, IncidentState to) {
        Transitions.check(state.phase(), event, to.phase());
        state = to;
        return this;
    }

    public IncidentEdit attempts(int value) {
        attempts = value;
        return this;
    }

    public IncidentEdit strikes(int value) {
        strikes = value;
        return this;
    }

    public IncidentEdit tried(List<Action> value) {
        tried = value;
        return this;
    }

    public IncidentEdit alerts(List<TrackedAlert> value) {
        alerts = value;
        return this;
    }

    public IncidentEdit measures(List<Measure> value) {
        measures = value;
        return this;
    }

    public IncidentEdit held(Optional<Held> value) {
        held = value;
        return this;
    }

    public IncidentEdit actedAt(Instant value) {
        actedAt = Optional.of(value);
        return this;
    }

    public IncidentEdit healedAt(Optional<Instant> value) {
        healedAt = value;
        return this;
    }

    public IncidentEdit updatedAt(Instant value) {
        updatedAt = value;
        return this;
    }

    public IncidentEdit dueAt(Instant value) {
        dueAt = Optional.of(value);
        return this;
    }

    public IncidentEdit asked(Optional<Asked> value) {
        asked = value;
        return this;
    }

    public IncidentEdit neverDue() {
        dueAt = Optional.empty();
        return this;
    }

    public Incident done() {
        return new Incident(
                from.id(),
                version,
                history,
                from.service(),
                state,
                attempts,
                strikes,
                tried,
                alerts,
                measures,
                held,
                from.detectedAt(),
                actedAt,
                healedAt,
                updatedAt,
                dueAt,
                asked);
    }
}
