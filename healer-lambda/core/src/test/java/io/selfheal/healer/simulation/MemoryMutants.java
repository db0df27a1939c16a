package io.selfheal.healer.simulation;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState.Verifying;
import io.selfheal.healer.incident.SaveResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Bugs of what is kept of an incident. */
final class MemoryMutants {

    private MemoryMutants() {}

    static void into(Bugs bugs) {
        bugs.found(
                "what was tried is forgotten",
                incident -> incident.edit().tried(List.of()).done());
        bugs.found(
                "attempts are forgotten",
                incident -> incident.edit().attempts(0).done());
        bugs.found(
                "temporary measures are forgotten",
                incident -> incident.edit().measures(List.of()).done());
        bugs.store("nothing is ever due", store -> new OddStore(store) {
            @Override
            public List<Incident> due(Instant now, int limit) {
                super.due(now, limit);
                return List.of();
            }
        });
        bugs.store("an incident is not found again", store -> new OddStore(store) {
            @Override
            public Optional<Incident> findOpen(ServiceId service) {
                super.findOpen(service);
                return Optional.empty();
            }
        });
        bugs.found(
                "the deadline is forgotten",
                incident -> incident.state() instanceof Verifying verifying
                        ? Bugs.in(
                                new Verifying(
                                        verifying.action(),
                                        verifying.attempt(),
                                        verifying.since(),
                                        verifying.since(),
                                        verifying.wellSince()),
                                incident)
                        : incident);
        bugs.found(
                "well since the action ended, whatever was seen",
                incident -> incident.state() instanceof Verifying verifying
                        ? Bugs.in(
                                new Verifying(
                                        verifying.action(),
                                        verifying.attempt(),
                                        verifying.since(),
                                        verifying.deadline(),
                                        Optional.of(verifying.since())),
                                incident)
                        : incident);
        bugs.store("news is acknowledged and not saved", store -> new OddStore(store) {
            @Override
            public SaveResult save(Change change) {
                boolean onlyNews = change.entries().stream().allMatch(one -> one.event() == HistoryEntry.Event.SIGNAL);
                return onlyNews ? new SaveResult.Saved(change.incident()) : super.save(change);
            }
        });
    }
}
