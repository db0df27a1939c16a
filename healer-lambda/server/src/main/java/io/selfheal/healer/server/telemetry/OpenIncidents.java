package io.selfheal.healer.server.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentArchive.Query;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** How many incidents are open: followed save by save, and read anew now and then because other healers save too. */
@Singleton
public final class OpenIncidents implements HistoryListener {

    private static final Query OPEN = new Query(Optional.empty(), Optional.of(false), 1000);

    private final IncidentArchive archive;
    private final Set<ServiceId> open = ConcurrentHashMap.newKeySet();

    OpenIncidents(IncidentArchive archive, MeterRegistry registry) {
        this.archive = archive;
        Gauge.builder("healer.open.incidents", open, Set::size)
                .description("Incidents that are not over, escalated ones included")
                .register(registry);
    }

    @Override
    public void onHistory(Incident incident, List<HistoryEntry> entries) {
        if (incident.state().over()) {
            open.remove(incident.service());
        } else {
            open.add(incident.service());
        }
    }

    /** Throws StoreUnavailableException like the archive. */
    public void refresh() {
        Set<ServiceId> stored =
                archive.list(OPEN).stream().map(Incident::service).collect(Collectors.toSet());
        open.addAll(stored);
        open.retainAll(stored);
    }
}
