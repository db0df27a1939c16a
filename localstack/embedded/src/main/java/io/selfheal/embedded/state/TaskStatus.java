package io.selfheal.embedded.state;

/** AWS' lastStatus, in the order of a task's life; a task never goes back. */
public enum TaskStatus {
    PENDING,
    ACTIVATING,
    RUNNING,
    DEACTIVATING,
    STOPPING,
    STOPPED
}
