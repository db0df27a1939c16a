package io.selfheal.healer.control;

import java.util.List;

/**
 * Port: what people told the healer, append-only. Nothing is decided by it. It survives restarts. Throws
 * StoreUnavailableException like the store. Thread-safe.
 */
public interface Interventions {

    void add(Intervention intervention);

    /**
     * The newest first.
     *
     * @param limit 1 to 1000
     */
    List<Intervention> newest(int limit);
}
