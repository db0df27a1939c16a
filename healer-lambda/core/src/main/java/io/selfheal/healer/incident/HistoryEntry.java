package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of an incident's history: what happened or was decided, and why. Append-only; logs, metrics and notices derive
 * from it.
 *
 * @param policy name and version of the policy that decided; empty where none was asked
 */
public record HistoryEntry(
        IncidentId incident,
        ServiceId service,
        Instant at,
        Event event,
        Reason reason,
        String detail,
        Optional<Action> action,
        String policy) {

    public enum Event {
        SIGNAL,
        ACT,
        ACTED,
        FAILED,
        WAIT,
        SUPPRESS,
        VERIFY,
        REVERT,
        RESOLVE,
        ESCALATE
    }
}
