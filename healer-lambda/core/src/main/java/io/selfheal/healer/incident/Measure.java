package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.Action;
import java.time.Instant;

/** A temporary change that stands: what undoes it, and when. */
public record Measure(Action undo, Instant dueAt) {

    /**
     * Whether undoing it takes back what the other would: of one mode and of the desired count only one stands at a time, but a
     * task out of the load balancer is put back, or given up, by name.
     */
    public boolean covers(Action other) {
        if (other instanceof Action.Restore its) {
            return undo instanceof Action.Restore mine && mine.mode() == its.mode();
        }
        boolean byName = other instanceof Action.Retire retire && retire.aside();
        return byName ? undo.equals(other) : !(undo instanceof Action.Restore);
    }
}
