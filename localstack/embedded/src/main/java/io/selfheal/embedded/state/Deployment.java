package io.selfheal.embedded.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.schedule.DeploymentSnapshot.Rollout;
import java.time.Instant;

/** One roll-out of one revision to a service. */
public final class Deployment {
    private final Identity identity;
    private final Service service;
    private final TaskDefinition definition;
    private final ObjectNode settings;
    private final Instant createdAt;
    private Instant updatedAt;
    private Rollout rollout = Rollout.IN_PROGRESS;
    private String reason;
    private int failures;
    private Instant notBefore = Instant.MIN;

    /**
     * What AWS calls the parts of a roll-out.
     *
     * @param id as {@code DescribeServices} shows it
     * @param serviceDeployment the last part of its ARN
     * @param revision the last part of its ARN
     */
    public record Identity(String id, String serviceDeployment, String revision) {}

    Deployment(Identity identity, Service service, TaskDefinition definition, Instant now) {
        this.identity = identity;
        this.service = service;
        this.definition = definition;
        this.settings = service.settings().deepCopy();
        this.createdAt = now;
        this.updatedAt = now;
        this.reason = "ECS deployment " + identity.id() + " in progress.";
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
        return identity.id();
    }

    public String revisionArn() {
        return service.arn().replace(":service/", ":service-revision/") + "/" + identity.revision();
    }

    /** The service's settings when this revision was made. */
    public ObjectNode settings() {
        return settings;
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
