package io.selfheal.healer.engine;

import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Signal;
import java.util.List;

/** Is told what happened, after it was saved: for logs, metrics and notices. What it throws harms nothing. */
@FunctionalInterface
public interface HistoryListener {

    void onHistory(Incident incident, List<HistoryEntry> entries);

    /**
     * What happened just now and is saved together with something later: for whoever watches. The same entries come again
     * by {@link #onHistory} once they are saved.
     */
    default void onUnsaved(Incident incident, List<HistoryEntry> entries) {}

    /** A signal that opened no incident because what it is about is over already. */
    default void onIgnored(Signal signal, Reason reason) {}

    /** A storm was seen that a person has to end: told once for each storm, with the incident that showed it. */
    default void onStorm(Incident incident, StormLatch.Storm storm) {}

    /** Something failed that the engine goes on without, for example one incident that cannot be decided. */
    default void onTrouble(String doing, RuntimeException failure) {}
}
