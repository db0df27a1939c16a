package io.selfheal.healer.aws.sns;

import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells from what was saved whether the incident is in another state than before: one notice, however many entries say so. */
final class StateChanges {
    private static final int REMEMBERED = 10_000;
    /** What an entry is about when a state begins; by these a healer that was started since knows a change. */
    private static final Set<Event> MOVES =
            Set.of(Event.ACT, Event.ACTED, Event.FAILED, Event.REVERT, Event.RESOLVE, Event.ESCALATE);

    private final Map<IncidentId, Phase> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<IncidentId, Phase> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized Optional<Notice> of(Incident incident, List<HistoryEntry> entries) {
        Phase phase = incident.state().phase();
        Phase before = told.put(incident.id(), phase);
        boolean changed = before == null
                ? incident.version() <= 1 || entries.stream().anyMatch(entry -> MOVES.contains(entry.event()))
                : before != phase;
        if (incident.state().over()) {
            told.remove(incident.id());
        }
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Optional<HistoryEntry> question =
                entries.stream().filter(StateChanges::asks).findFirst();
        if (question.isPresent()) {
            return Optional.of(notice(Notice.Kind.APPROVAL, "APPROVAL", incident, question.get()));
        }
        return changed
                ? Optional.of(notice(Notice.Kind.STATE, phase.name(), incident, entries.getLast()))
                : Optional.empty();
    }

    /** Only the question itself names the action; that it still waits for an answer is nothing new. */
    private static boolean asks(HistoryEntry entry) {
        return entry.reason() == Reason.APPROVAL_REQUIRED && entry.action().isPresent();
    }

    private static Notice notice(Notice.Kind kind, String state, Incident incident, HistoryEntry entry) {
        return new Notice(
                kind,
                incident.id(),
                incident.version(),
                incident.service(),
                state,
                entry.reason().name(),
                entry.detail(),
                incident.attempts(),
                incident.history().toString(),
                entry.at());
    }
}
