package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: reading incidents and their history, open or over. Throws {@link StoreUnavailableException} like the store. */
public interface IncidentArchive extends IncidentHistory {

    Optional<Incident> find(IncidentId id);

    /** Newest first. */
    List<Incident> list(Query query);

    /** Entries about signals, in the order of their times; of the same time in that in which they were written. */
    Page signals(Window window);

    /**
     * Which entries to read, from a time on and before another.
     *
     * @param service empty: of all
     * @param after goes on behind a page that was read; see {@link Page#next()}
     * @param limit 1 to 1000
     */
    record Window(Optional<ServiceId> service, Instant since, Instant until, Optional<String> after, int limit) {
        public Window {
            requireLimit(limit);
        }
    }

    /**
     * A part of a window.
     *
     * @param next what to go on with; empty: this was all
     */
    record Page(List<HistoryEntry> entries, Optional<String> next) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit: expected 1 to 1000, was " + limit);
        }
    }

    /**
     * Which incidents to list.
     *
     * @param over empty: all; true: only those that are over; false: only those that are not
     * @param after only those behind this one; empty: from the newest on
     * @param limit 1 to 1000
     */
    record Query(Optional<ServiceId> service, Optional<Boolean> over, Optional<Spot> after, int limit) {
        public Query {
            requireLimit(limit);
        }

        /** From the newest on. */
        public Query(Optional<ServiceId> service, Optional<Boolean> over, int limit) {
            this(service, over, Optional.empty(), limit);
        }

        public Query behind(Incident last) {
            return new Query(service, over, Optional.of(Spot.of(last)), limit);
        }
    }

    /** Where an incident stands in a list: by the time at which it was opened, and then by its id. */
    record Spot(Instant openedAt, IncidentId id) {
        public static Spot of(Incident incident) {
            return new Spot(incident.detectedAt(), incident.id());
        }

        /** Whether the incident comes later in a list with the newest first. */
        public boolean isBefore(Incident incident) {
            int time = incident.detectedAt().compareTo(openedAt);
            return time < 0 || (time == 0 && incident.id().value().compareTo(id.value()) < 0);
        }
    }
}
