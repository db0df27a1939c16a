package io.selfheal.healer.fleet;

/** The stages of a task's life that a decision distinguishes; ECS's finer ones are folded into these. */
public enum TaskStatus {
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED
}
