package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.ServiceId;
import java.util.List;
import java.util.Optional;

/** Port: reading incidents and their history, open or over. Throws {@link StoreUnavailableException} like the store. */
public interface IncidentArchive {

    Optional<Incident> find(IncidentId id);

    /** Newest first. */
    List<Incident> list(Query query);

    /** In the order in which it was written. */
    List<HistoryEntry> history(IncidentId id);

    /**
     * Which incidents to list.
     *
     * @param over empty: all; true: only those that are over; false: only those that are not
     * @param limit 1 to 1000
     */
    record Query(Optional<ServiceId> service, Optional<Boolean> over, int limit) {
        public Query {
            if (limit < 1 || limit > 1000) {
                throw new IllegalArgumentException("limit: expected 1 to 1000, was " + limit);
            }
        }
    }
}
