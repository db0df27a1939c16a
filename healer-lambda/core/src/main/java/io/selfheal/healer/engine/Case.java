package io.selfheal.healer.engine;

import io.selfheal.healer.incident.Fold.News;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an incident stands before its turn, and what the turn brings.
 *
 * @param before as it is known here before the signals: as stored, and with the outcome
 * @param outcome of the action, where the store does not have it yet
 */
record Case(
        Incident before,
        Incident incident,
        Optional<UnsavedOutcomes.Mounted> outcome,
        List<News> riding,
        List<News> news,
        boolean stored) {

    List<News> all() {
        List<News> all = new ArrayList<>(riding);
        all.addAll(news);
        return all;
    }

    /** What the next save of it has to tell, before what that save itself is about. */
    List<HistoryEntry> entries(Incident next, String policy) {
        List<HistoryEntry> entries = new ArrayList<>();
        outcome.ifPresent(known -> entries.addAll(known.step().entries()));
        entries.addAll(SignalEntries.of(next, all(), policy));
        return entries;
    }

    boolean overdue(Instant now) {
        return outcome.filter(known -> !now.isBefore(known.saveBy())).isPresent();
    }

    /** When to look again, which must not be later than what is unsaved has to be saved. */
    Optional<Instant> noLaterThanSaved(Optional<Instant> until) {
        return until.map(at ->
                outcome.map(UnsavedOutcomes.Mounted::saveBy).filter(at::isAfter).orElse(at));
    }
}
