package io.selfheal.healer.local;

import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentCodec;
import io.selfheal.healer.incident.Recording;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The incidents of documents written or read lately: the same text is the same incident, so what the database holds is always
 * what counts, and only the parsing is spared. Thread-safe.
 */
final class KnownDocuments {
    /** Of open incidents there are few; their documents have some kilobytes each. */
    private static final int MAX = 500;

    private final Map<String, Incident> incidents = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Incident> eldest) {
            return size() > MAX;
        }
    };

    /** An incident that is over is not looked at again. */
    void add(Recording recording) {
        if (!recording.incident().state().over()) {
            put(recording.document(), recording.incident());
        }
    }

    Incident read(String document) {
        return known(document).orElseGet(() -> {
            Incident incident = IncidentCodec.readIncident(document);
            if (!incident.state().over()) {
                put(document, incident);
            }
            return incident;
        });
    }

    private synchronized Optional<Incident> known(String document) {
        return Optional.ofNullable(incidents.get(document));
    }

    private synchronized void put(String document, Incident incident) {
        incidents.put(document, incident);
    }
}
