package io.selfheal.healer.fleet;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * One task of a service as its fleet reports it.
 *
 * @param revision the task definition's revision, for example {@code order:3}
 * @param health the verdict of the orchestrator's own health check
 * @param address where the task answers HTTP, when the fleet can tell
 * @param startedAt when it reached RUNNING; empty before that
 */
public record Task(
        TaskId id,
        String revision,
        TaskStatus status,
        FleetHealth health,
        Optional<URI> address,
        Optional<Instant> startedAt) {

    /** The orchestrator's own opinion; UNKNOWN where no health check is configured. */
    public enum FleetHealth {
        HEALTHY,
        UNHEALTHY,
        UNKNOWN
    }

    public boolean running() {
        return status == TaskStatus.RUNNING;
    }
}
