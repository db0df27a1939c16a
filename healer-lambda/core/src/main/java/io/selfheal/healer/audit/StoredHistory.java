package io.selfheal.healer.audit;

import io.selfheal.healer.incident.StoreUnavailableException;

/**
 * Port: the whole history as it lies in the store, nothing repaired or left out, as of one moment. Throws
 * {@link StoreUnavailableException} when the store cannot be reached.
 */
@FunctionalInterface
public interface StoredHistory {

    /** Tells the reader first the counts, then each incident: by service, of a service by its ordinal, those without first. */
    void tell(Reader reader);

    /** Who is told. */
    interface Reader {
        /**
         * Where the chains began in a store that is older than they are.
         *
         * @param unchainedUpTo the last row that may be without a hash; 0 where every row has one
         */
        void unchainedUpTo(long unchainedUpTo);

        /** How many incidents of the service (cluster/service) were opened since chains are kept. */
        void service(String service, long incidents);

        void incident(StoredIncident incident);
    }
}
