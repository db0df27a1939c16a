package io.selfheal.healer.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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

/** A store whose writes are counted, those that lost a race included: they cost the database the same. */
public final class StoreWrites implements IncidentStore {

    private final IncidentStore store;
    private final Counter writes;

    public StoreWrites(IncidentStore store, MeterRegistry registry) {
        this.store = store;
        this.writes = Counter.builder("healer.store.writes")
                .description("Saves sent to the store")
                .register(registry);
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
        writes.increment();
        return store.save(change);
    }

    @Override
    public <T> T together(Supplier<T> saves) {
        return store.together(saves);
    }
}
