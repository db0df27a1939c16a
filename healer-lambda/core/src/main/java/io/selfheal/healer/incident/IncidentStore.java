package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Port: where open incidents live. At most one incident of a service is not over, which the store itself guarantees. Every
 * method throws {@link StoreUnavailableException} when the store cannot be reached. Thread-safe, and safe between processes.
 */
public interface IncidentStore {

    /** The incident of the service that is not over. */
    Optional<Incident> findOpen(ServiceId service);

    /** Incidents that are not over and whose dueAt has come, the longest waiting first. */
    List<Incident> due(Instant now, int limit);

    /** The actions claimed at or after the given time. */
    Ledger ledger(Instant since);

    /** Incidents of all services that were opened at or after the given time or are not over, the newest first. */
    List<Opening> openings(Instant since, int limit);

    /** The newest incidents of the service, open or over, the newest first. */
    List<Opening> openingsOf(ServiceId service, int limit);

    /**
     * Writes the change in one transaction, only if the stored version is the one that the incident carries (0: it does not
     * exist yet and the service has no other open incident) and, with a claim, the ledger's version is unchanged.
     */
    SaveResult save(Change change);

    /**
     * Saves by this thread that need be durable only when this returns, and then are, with whatever was saved before. So what
     * is acknowledged together is written together, and nobody waits for the disk while holding what others wait for.
     */
    default <T> T together(Supplier<T> saves) {
        return saves.get();
    }
}
