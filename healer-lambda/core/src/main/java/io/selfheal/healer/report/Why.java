package io.selfheal.healer.report;

import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import java.util.List;
import java.util.Optional;

/**
 * One signal and what was decided after it.
 *
 * @param standing the decision that was in force when it came; empty for the first of its incident
 * @param followed the next decision after it; empty while there is none
 */
public record Why(HistoryEntry signal, Optional<HistoryEntry> standing, Optional<HistoryEntry> followed) {

    /** Of a signal's entry and the whole history of its incident. */
    public static Why of(HistoryEntry signal, List<HistoryEntry> history) {
        int at = history.indexOf(signal);
        return new Why(
                signal,
                history.subList(0, Math.max(0, at)).reversed().stream()
                        .filter(Why::isDecision)
                        .findFirst(),
                history.subList(Math.max(0, at), history.size()).stream()
                        .filter(Why::isDecision)
                        .findFirst());
    }

    private static boolean isDecision(HistoryEntry entry) {
        return entry.event() != Event.SIGNAL;
    }

    /** The answer in a sentence. */
    public String words() {
        return followed.map(entry -> words(entry.event()) + ", " + entry.reason() + ": " + entry.detail())
                .or(() -> standing.map(entry -> "it changed nothing: what was decided before it still stands, "
                        + words(entry.event()) + ", " + entry.reason() + ": " + entry.detail()))
                .orElse("nothing is decided yet");
    }

    static String words(Event event) {
        return switch (event) {
            case SIGNAL -> "a signal came";
            case ACT -> "the healer acts";
            case ACTED -> "the fleet took the action";
            case FAILED -> "the action failed";
            case WAIT -> "the healer waits";
            case SUPPRESS -> "the healer refuses to act";
            case VERIFY -> "the healer looks whether it helped";
            case REVERT -> "the healer undoes a temporary measure";
            case RESOLVE -> "the incident is over";
            case ESCALATE -> "the healer calls a person";
            case APPROVE -> "a person said yes";
        };
    }
}
