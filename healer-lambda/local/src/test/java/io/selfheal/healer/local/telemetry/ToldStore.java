package io.selfheal.healer.local.telemetry;

import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.SaveResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells whoever listens at the moment of each save, as the engine does. */
final class ToldStore implements IncidentStore {
    private final IncidentStore store;
    private HistoryListener listener;

    ToldStore(IncidentStore store, HistoryListener listener) {
        this.store = store;
        this.listener = listener;
    }

    /** As after a restart: the new one knows nothing of what the old one was told. */
    void nowTell(HistoryListener other) {
        listener = other;
    }

    @Override
    public SaveResult save(Change change) {
        SaveResult result = store.save(change);
        if (result instanceof SaveResult.Saved(Incident saved)) {
            listener.onHistory(saved, change.entries());
        }
        return result;
    }

    @Override
    public Optional<Incident> findOpen(ServiceId service) {
        return store.findOpen(service);
    }

    @Override
    public List<Incident> due(Instant now, int limit) {
        return store.due(now, limit);
    }

    @Override
    public Ledger ledger(Instant since) {
        return store.ledger(since);
    }

    @Override
    public List<Opening> openings(Instant since, int limit) {
        return store.openings(since, limit);
    }

    @Override
    public List<Opening> openingsOf(ServiceId service, int limit) {
        return store.openingsOf(service, limit);
    }

    @Override
    public <T> T together(Supplier<T> saves) {
        return store.together(saves);
    }
}
