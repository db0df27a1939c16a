package io.selfheal.embedded.schedule;

import java.time.Instant;

/**
 * The primary deployment.
 *
 * @param failures tasks that failed in a row without one turning healthy
 * @param notBefore no task is started before this moment (backoff)
 */
public record DeploymentSnapshot(String id, Rollout rollout, int failures, Instant notBefore) {
    /** AWS' rolloutState. */
    public enum Rollout {
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }
}
