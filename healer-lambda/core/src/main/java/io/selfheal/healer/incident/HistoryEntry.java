package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.signal.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One line of an incident's history: what happened or was decided, and why. Append-only; logs, metrics and notices derive
 * from it.
 *
 * @param policy name and version of the policy that decided; empty where none was asked
 * @param signals what arrived, where the entry is about that: several where one entry stands for many
 */
public record HistoryEntry(
        IncidentId incident,
        ServiceId service,
        Instant at,
        Event event,
        Reason reason,
        String detail,
        Optional<Action> action,
        String policy,
        List<Signal> signals) {

    public HistoryEntry {
        signals = List.copyOf(signals);
    }

    /** An entry that is not about signals. */
    public HistoryEntry(
            IncidentId incident,
            ServiceId service,
            Instant at,
            Event event,
            Reason reason,
            String detail,
            Optional<Action> action,
            String policy) {
        this(incident, service, at, event, reason, detail, action, policy, List.of());
    }

    public enum Event {
        SIGNAL,
        ACT,
        ACTED,
        FAILED,
        WAIT,
        SUPPRESS,
        APPROVE,
        VERIFY,
        REVERT,
        RESOLVE,
        ESCALATE
    }
}
