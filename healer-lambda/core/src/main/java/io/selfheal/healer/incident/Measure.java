package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.Action;
import java.time.Instant;

/** A temporary change that stands: what undoes it, and when. */
public record Measure(Action undo, Instant dueAt) {

    /** Whether undoing it takes that back, too: of one mode, and of the desired count, only one stands at a time. */
    public boolean covers(Action other) {
        return (undo instanceof Action.Restore mine && other instanceof Action.Restore its)
                ? mine.mode() == its.mode()
                : (undo instanceof Action.Restore) == (other instanceof Action.Restore);
    }
}
