package io.selfheal.healer.incident;

import java.util.List;

/** Port: what an incident's history says, open or over. Throws {@link StoreUnavailableException} like the store. */
@FunctionalInterface
public interface IncidentHistory {

    /** In the order in which it was written, up to what was saved last by whomever; empty where there is no such incident. */
    List<HistoryEntry> history(IncidentId id);
}
