package io.selfheal.healer.engine;

import io.selfheal.healer.approval.ApprovalLinks;
import io.selfheal.healer.incident.IncidentId;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the shell lends the engine.
 *
 * @param executor for work that nobody waits for; not bounded in a way that lets actions starve the reading of facts, so
 *     for example one virtual thread for each task
 * @param ids a new id at each call
 * @param links by which people approve actions
 */
public record Host(
        InstantSource clock,
        Executor executor,
        Supplier<IncidentId> ids,
        HistoryListener listener,
        ApprovalLinks links) {

    /** Where nobody can approve anything. */
    public Host(InstantSource clock, Executor executor, Supplier<IncidentId> ids, HistoryListener listener) {
        this(clock, executor, ids, listener, ApprovalLinks.NONE);
    }
}
