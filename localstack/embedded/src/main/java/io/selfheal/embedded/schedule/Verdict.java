package io.selfheal.embedded.schedule;

import io.selfheal.embedded.schedule.DeploymentSnapshot.Rollout;

/** Where the primary deployment stands. */
public enum Verdict {
    /** Tasks are still to be started, to turn healthy or to be stopped. */
    WORKING,
    /** The desired count is healthy and nothing older runs. */
    STEADY,
    /** The circuit breaker gives up. */
    FAILED;

    /** AWS' bounds of the threshold and its share of the desired count: ServiceDeploymentCircuitBreaker, API reference. */
    private static final int MIN_THRESHOLD = 3;

    private static final int MAX_THRESHOLD = 200;

    /** Failures in a row that fail a deployment of this many tasks. */
    public static int threshold(int desired) {
        return Math.clamp(Math.ceilDiv(desired, 2), MIN_THRESHOLD, MAX_THRESHOLD);
    }

    public static Verdict of(ServiceSnapshot service) {
        DeploymentSnapshot primary = service.primary();
        if (primary.rollout() == Rollout.FAILED) {
            return FAILED;
        }
        if (service.breaker()
                && primary.rollout() == Rollout.IN_PROGRESS
                && primary.failures() >= threshold(service.desired())) {
            return FAILED;
        }
        boolean complete = service.superseded().isEmpty()
                && service.tasks().size() == service.desired()
                && service.count(Readiness.HEALTHY) == service.desired();
        return complete ? STEADY : WORKING;
    }
}
