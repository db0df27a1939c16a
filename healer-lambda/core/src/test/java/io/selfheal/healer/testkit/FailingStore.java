package io.selfheal.healer.testkit;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A store in front of another one that can be made to fail. */
public final class FailingStore implements IncidentStore {
    private final IncidentStore store;
    private final Set<ServiceId> poisoned = new HashSet<>();
    private boolean down;
    private int savesLeft = Integer.MAX_VALUE;
    private boolean mute;

    public FailingStore(IncidentStore store) {
        this.store = store;
    }

    public void down(boolean value) {
        down = value;
        savesLeft = Integer.MAX_VALUE;
    }

    /** So many saves succeed before it goes down. */
    public void downAfterSaves(int saves) {
        savesLeft = saves;
    }

    /** What is saved stays saved, but nobody is told so. */
    public void mute(boolean value) {
        mute = value;
    }

    /** The service's incident can no longer be read. */
    public void poison(ServiceId service) {
        poisoned.add(service);
    }

    private void reach(String operation) {
        if (down || savesLeft <= 0) {
            throw new StoreUnavailableException(operation, new IOException("made to fail by the test"));
        }
    }

    @Override
    public Optional<Incident> findOpen(ServiceId service) {
        reach("findOpen");
        if (poisoned.contains(service)) {
            throw new IllegalArgumentException("incident: cannot be read, made so by the test");
        }
        return store.findOpen(service);
    }

    @Override
    public List<Incident> due(Instant now, int limit) {
        reach("due");
        return store.due(now, limit);
    }

    @Override
    public Ledger ledger(Instant since) {
        reach("ledger");
        return store.ledger(since);
    }

    @Override
    public List<Opening> openings(Instant since, int limit) {
        reach("openings");
        return store.openings(since, limit);
    }

    @Override
    public List<Opening> openingsOf(ServiceId service, int limit) {
        reach("openingsOf");
        return store.openingsOf(service, limit);
    }

    @Override
    public SaveResult save(Change change) {
        reach("save");
        SaveResult result = store.save(change);
        savesLeft--;
        if (mute) {
            throw new StoreUnavailableException("save", new IOException("its answer was lost, made so by the test"));
        }
        return result;
    }
}
