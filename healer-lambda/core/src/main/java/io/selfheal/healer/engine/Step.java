package io.selfheal.healer.engine;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step of an incident and what the history says about it.
 *
 * @param claimed the action that the step claims
 * @param changed whether there is anything in it that was not known before
 */
public record Step(Incident incident, List<HistoryEntry> entries, Optional<ActionRecord> claimed, boolean changed) {

    public Step {
        entries = List.copyOf(entries);
    }

    static Step unchanged(Incident incident) {
        return new Step(incident, List.of(), Optional.empty(), false);
    }

    static Step to(Incident incident, List<HistoryEntry> entries) {
        return new Step(incident, entries, Optional.empty(), true);
    }

    /** Writes entries about one incident at one moment. */
    static final class Chronicle {
        private final Incident incident;
        private final Instant at;
        private final String policy;
        private final List<HistoryEntry> entries = new ArrayList<>();

        Chronicle(Incident incident, Instant at, String policy) {
            this.incident = incident;
            this.at = at;
            this.policy = policy;
        }

        Chronicle add(HistoryEntry.Event event, Reason reason, String detail) {
            return add(event, reason, detail, Optional.empty());
        }

        Chronicle add(HistoryEntry.Event event, Reason reason, String detail, Optional<Action> action) {
            entries.add(new HistoryEntry(incident.id(), incident.service(), at, event, reason, detail, action, policy));
            return this;
        }

        List<HistoryEntry> entries() {
            return entries;
        }
    }
}
