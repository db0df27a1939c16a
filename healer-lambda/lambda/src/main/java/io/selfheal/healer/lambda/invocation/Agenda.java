package io.selfheal.healer.lambda.invocation;

import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When the function is next needed, as far as one call learns. What it saved itself it knows better than an index that lags. */
final class Agenda implements HistoryListener {
    /** Empty: over. Guarded by this. */
    private final Map<ServiceId, Optional<Instant>> saved = new HashMap<>();

    @Override
    public synchronized void onHistory(Incident incident, List<HistoryEntry> entries) {
        saved.put(incident.service(), incident.dueAt());
    }

    /**
     * The soonest time at which something is to be looked at.
     *
     * @param open incidents as the store lists them; none where it was not asked
     * @param putOff until when services were put off in this call
     */
    synchronized Optional<Instant> next(Collection<Incident> open, Map<ServiceId, Instant> putOff) {
        Map<ServiceId, Instant> due = new HashMap<>();
        open.forEach(incident -> incident.dueAt().ifPresent(at -> due.put(incident.service(), at)));
        saved.forEach((service, at) -> at.ifPresentOrElse(known -> due.put(service, known), () -> due.remove(service)));
        putOff.forEach((service, until) -> {
            if (!saved.getOrDefault(service, Optional.of(until)).isEmpty()) {
                due.merge(service, until, (one, other) -> one.isAfter(other) ? one : other);
            }
        });
        return due.values().stream().min(Comparator.naturalOrder());
    }
}
