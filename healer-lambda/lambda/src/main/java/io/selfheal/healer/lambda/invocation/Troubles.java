package io.selfheal.healer.lambda.invocation;

import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what the engine could not do, and remembers for the call whether it was for want of the store. */
final class Troubles implements HistoryListener {
    private static final Logger LOG = LoggerFactory.getLogger("io.selfheal.healer.trouble");

    private volatile Optional<StoreUnavailableException> away = Optional.empty();

    @Override
    public void onHistory(Incident incident, List<HistoryEntry> entries) {}

    @Override
    public void onTrouble(String doing, RuntimeException failure) {
        if (failure instanceof StoreUnavailableException storeAway) {
            away = Optional.of(storeAway);
        }
        LOG.warn("{} failed: {}", doing, failure.toString());
        LOG.debug("{} failed", doing, failure);
    }

    Optional<StoreUnavailableException> storeAway() {
        return away;
    }
}
