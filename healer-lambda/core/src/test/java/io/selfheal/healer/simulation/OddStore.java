package io.selfheal.healer.simulation;

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

/** A way to the store of which a mutant changes one thing. */
class OddStore implements IncidentStore {
    private final IncidentStore store;

    OddStore(IncidentStore store) {
        this.store = store;
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
    public SaveResult save(Change change) {
        return store.save(change);
    }
}
