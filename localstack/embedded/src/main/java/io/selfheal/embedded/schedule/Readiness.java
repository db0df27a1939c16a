package io.selfheal.embedded.schedule;

/** How far a task that should run has come. */
public enum Readiness {
    /** Its processes are being started. */
    STARTING,
    /** Runs, but its health check has not answered yet, or (without one) it has not run long enough to be trusted. */
    SERVING,
    /** Runs and counts towards the minimum healthy percent. */
    HEALTHY,
    /** Runs and fails its health check. */
    UNHEALTHY
}
