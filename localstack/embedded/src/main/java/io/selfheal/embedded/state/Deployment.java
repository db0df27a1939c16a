package io.selfheal.embedded.state;

import io.selfheal.embedded.schedule.DeploymentSnapshot.Rollout;
import java.time.Instant;

/** One roll-out of one revision to a service. */
public final class Deployment {
    private final String id;
    private final Service service;
    private final TaskDefinition definition;
    private final Instant createdAt;
    private Instant updatedAt;
    private Rollout rollout = Rollout.IN_PROGRESS;
    private String reason;
    private int failures;
    private Instant notBefore = Instant.MIN;

    Deployment(String id, Service service, TaskDefinition definition, Instant now) {
        this.id = id;
        this.service = service;
        this.definition = definition;
        this.createdAt = now;
        this.updatedAt = now;
        this.reason = "ECS deployment " + id + " in progress.";
    }

    public void to(Rollout next, String why, Instant now) {
        rollout = next;
        reason = why;
        updatedAt = now;
    }

    /** A task failed without ever having been healthy. */
    public void failed(Instant nextStart) {
        failures++;
        notBefore = nextStart;
    }

    public void succeeded() {
        failures = 0;
        notBefore = Instant.MIN;
    }

    public String id() {
        return id;
    }

    public Service service() {
        return service;
    }

    public TaskDefinition definition() {
        return definition;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public Rollout rollout() {
        return rollout;
    }

    public String reason() {
        return reason;
    }

    public int failures() {
        return failures;
    }

    public Instant notBefore() {
        return notBefore;
    }
}
