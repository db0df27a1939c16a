package io.selfheal.healer.server.stage;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.incident.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The healer's real store, behind a switch that takes it away. */
@Singleton
@Requires(property = "test.brittle", value = "true")
public final class BrittleStore implements BeanCreatedEventListener<IncidentStore> {

    private volatile boolean down;

    public void down(boolean isDown) {
        down = isDown;
    }

    @Override
    public IncidentStore onCreated(BeanCreatedEvent<IncidentStore> event) {
        return new Switched(event.getBean());
    }

    private void check(String operation) {
        if (down) {
            throw new StoreUnavailableException(operation, new IllegalStateException("switched off"));
        }
    }

    private final class Switched implements IncidentStore {
        private final IncidentStore store;

        Switched(IncidentStore store) {
            this.store = store;
        }

        @Override
        public Optional<Incident> findOpen(ServiceId service) {
            check("find");
            return store.findOpen(service);
        }

        @Override
        public List<Incident> due(Instant now, int limit) {
            check("due");
            return store.due(now, limit);
        }

        @Override
        public Ledger ledger(Instant since) {
            check("ledger");
            return store.ledger(since);
        }

        @Override
        public List<Opening> openings(Instant since, int limit) {
            check("openings");
            return store.openings(since, limit);
        }

        @Override
        public List<Opening> openingsOf(ServiceId service, int limit) {
            check("openings of one");
            return store.openingsOf(service, limit);
        }

        @Override
        public SaveResult save(Change change) {
            check("save");
            return store.save(change);
        }
    }
}
