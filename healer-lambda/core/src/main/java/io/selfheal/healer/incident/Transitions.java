package io.selfheal.healer.incident;

import static io.selfheal.healer.incident.IncidentState.Phase.ACTING;
import static io.selfheal.healer.incident.IncidentState.Phase.ESCALATED;
import static io.selfheal.healer.incident.IncidentState.Phase.OPEN;
import static io.selfheal.healer.incident.IncidentState.Phase.RESOLVED;
import static io.selfheal.healer.incident.IncidentState.Phase.SETTLING;
import static io.selfheal.healer.incident.IncidentState.Phase.VERIFYING;

import io.selfheal.healer.incident.IncidentState.Phase;
import java.util.List;

/** An incident's life as a table: whatever is not a row cannot happen. The diagram in the documentation is made from it. */
public final class Transitions {

    /** What moves an incident from one state to the next. */
    public enum Event {
        /** An action was chosen and claimed. */
        CLAIMED,
        /** The fleet took the action. */
        ACCEPTED,
        /** The fleet refused the action or could not be asked. */
        FAILED,
        /** The healer that had claimed the action did not report back. */
        LEASE_EXPIRED,
        /** A temporary measure was undone, or found undone already. */
        REVERTED,
        /** Found well, or no longer well, before the time needed is over. */
        OBSERVED,
        /** Not well in time, and the next action is held back for now. */
        HELD,
        /** Well: the alerts ended, all tasks healthy, the fleet steady, long enough. */
        HEALED,
        /** Healed, with a temporary measure still standing. */
        HEALED_FOR_NOW,
        /** An alert fired again while the measure still stood. */
        RELAPSED,
        /** Handed to a human. */
        ESCALATED
    }

    /** One permitted step. */
    public record Row(Phase from, Event event, Phase to) {}

    private static final List<Row> ROWS = List.of(
            new Row(OPEN, Event.CLAIMED, ACTING),
            new Row(OPEN, Event.HEALED, RESOLVED),
            new Row(OPEN, Event.HEALED_FOR_NOW, SETTLING),
            new Row(OPEN, Event.ESCALATED, ESCALATED),
            new Row(ACTING, Event.ACCEPTED, VERIFYING),
            new Row(ACTING, Event.LEASE_EXPIRED, VERIFYING),
            new Row(ACTING, Event.FAILED, OPEN),
            new Row(ACTING, Event.REVERTED, OPEN),
            new Row(VERIFYING, Event.OBSERVED, VERIFYING),
            new Row(VERIFYING, Event.HEALED, RESOLVED),
            new Row(VERIFYING, Event.HEALED_FOR_NOW, SETTLING),
            new Row(VERIFYING, Event.CLAIMED, ACTING),
            new Row(VERIFYING, Event.HELD, OPEN),
            new Row(VERIFYING, Event.ESCALATED, ESCALATED),
            new Row(SETTLING, Event.CLAIMED, ACTING),
            new Row(SETTLING, Event.RELAPSED, OPEN),
            new Row(ESCALATED, Event.CLAIMED, ACTING),
            new Row(ESCALATED, Event.HEALED, RESOLVED),
            new Row(ESCALATED, Event.HEALED_FOR_NOW, SETTLING));

    private Transitions() {}

    public static List<Row> rows() {
        return ROWS;
    }

    /** Throws {@link IllegalStateException} for a step that the table does not hold: a bug, not a situation. */
    static void check(Phase from, Event event, Phase to) {
        if (!ROWS.contains(new Row(from, event, to))) {
            throw new IllegalStateException("no transition from " + from + " by " + event + " to " + to);
        }
    }

    /** The table as a Mermaid state diagram. */
    public static String diagram() {
        StringBuilder text = new StringBuilder("stateDiagram-v2\n    [*] --> OPEN : DETECTED\n");
        for (Row row : ROWS) {
            text.append("    %s --> %s : %s%n"
                    .formatted(row.from(), row.to(), row.event())
                    .replace("\r", ""));
        }
        return text.append("    RESOLVED --> [*]\n").toString();
    }
}
