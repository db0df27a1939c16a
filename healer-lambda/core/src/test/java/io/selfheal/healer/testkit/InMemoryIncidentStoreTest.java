package io.selfheal.healer.testkit;

import io.selfheal.healer.audit.StoredHistory;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentStore;

class InMemoryIncidentStoreTest extends IncidentStoreContract {
    private final InMemoryIncidentStore store = new InMemoryIncidentStore();

    @Override
    protected IncidentStore store() {
        return store;
    }

    @Override
    protected StoredHistory stored() {
        return store;
    }

    @Override
    protected IncidentArchive archive() {
        return store;
    }
}
