package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.Action;
import java.time.Instant;
import java.util.OptionalInt;

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

    /** Whether as many tasks are wanted after either undoing: a count that was raised twice comes down in two steps. */
    public boolean endsLike(Action other) {
        return countAfter(undo).equals(countAfter(other));
    }

    private static OptionalInt countAfter(Action undo) {
        return switch (undo) {
            case Action.Retire retire -> OptionalInt.of(retire.to());
            case Action.ScaleBack back -> OptionalInt.of(back.to());
            default -> OptionalInt.empty();
        };
    }
}
