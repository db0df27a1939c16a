package io.selfheal.embedded.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.schedule.DeploymentSnapshot.Rollout;
import io.selfheal.embedded.schedule.Limits;
import io.selfheal.embedded.wire.Fields;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One service, its deployments (the first is the primary one) and its latest events. */
public final class Service {
    /** AWS shows the latest 100. */
    private static final int MAX_EVENTS = 100;

    private final Cluster cluster;
    private final String name;
    private final String arn;
    private final ObjectNode settings;
    private final Map<String, String> tags;
    private final Instant createdAt;
    private final List<Deployment> deployments = new ArrayList<>();
    private final DeploymentHistory history = new DeploymentHistory();
    private final Deque<Event> events = new ArrayDeque<>();
    private Optional<Deployment> lastCompleted = Optional.empty();
    private Status status = Status.ACTIVE;
    private int desired;
    private boolean steady;

    /** AWS' service status. */
    public enum Status {
        ACTIVE,
        DRAINING,
        INACTIVE
    }

    /** A line of the service's event log. */
    public record Event(String id, Instant at, String message) {}

    public Service(Arns arns, Cluster cluster, String name, Fields request, Instant now) {
        this.cluster = cluster;
        this.name = name;
        this.arn = arns.service(cluster.name(), name);
        this.settings = request.json().deepCopy();
        this.tags = request.pairs("tags", "key", "value");
        this.createdAt = now;
    }

    /** A new primary deployment; the others become ACTIVE ones, to be drained. */
    public void deploy(Deployment.Identity id, TaskDefinition definition, Instant now) {
        Deployment deployment = new Deployment(id, this, definition, now);
        String entry = arn.replace(":service/", ":service-deployment/") + "/" + id.serviceDeployment();
        history.begin(
                new ServiceDeployment(
                        entry, deployment, deployments, configuration().json()),
                now);
        deployments.addFirst(deployment);
        steady = false;
    }

    /** The last completed deployment becomes the primary one again. */
    public Optional<Deployment> rollBack() {
        lastCompleted.filter(d -> d != primary()).ifPresent(d -> {
            deployments.remove(d);
            deployments.addFirst(d);
        });
        return lastCompleted.filter(d -> d == primary());
    }

    public void completed(String why, Instant now) {
        primary().to(Rollout.COMPLETED, why, now);
        lastCompleted = Optional.of(primary());
        history.current().ifPresent(d -> {
            boolean back = d.rollback().isPresent();
            d.to(
                    back ? ServiceDeployment.Status.ROLLBACK_SUCCESSFUL : ServiceDeployment.Status.SUCCESSFUL,
                    d.reason(),
                    now);
        });
    }

    /** Forgets older deployments without a task. */
    public void forget(List<Deployment> drained) {
        deployments.removeIf(d -> d != primary() && drained.contains(d));
    }

    public void event(String id, Instant at, String message) {
        events.addFirst(new Event(id, at, message));
        if (events.size() > MAX_EVENTS) {
            events.removeLast();
        }
    }

    public void setting(String key, com.fasterxml.jackson.databind.JsonNode value) {
        settings.set(key, value);
    }

    public void status(Status next) {
        status = next;
    }

    public void desired(int count) {
        steady &= count == desired;
        desired = count;
    }

    public void steady(boolean now) {
        steady = now;
    }

    public Deployment primary() {
        return deployments.getFirst();
    }

    public Limits limits() {
        Fields configuration = configuration();
        return new Limits(
                configuration.integer("minimumHealthyPercent", 100, 0, 100),
                configuration.integer("maximumPercent", 200, 100, Integer.MAX_VALUE));
    }

    public boolean breaker() {
        return configuration()
                .object("deploymentCircuitBreaker")
                .map(b -> b.flag("enable"))
                .orElse(false);
    }

    public boolean rollback() {
        return configuration()
                .object("deploymentCircuitBreaker")
                .map(b -> b.flag("rollback"))
                .orElse(false);
    }

    private Fields configuration() {
        return new Fields(settings.withObject("/deploymentConfiguration"));
    }

    public Cluster cluster() {
        return cluster;
    }

    public String name() {
        return name;
    }

    public String arn() {
        return arn;
    }

    public ObjectNode settings() {
        return settings;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public List<Deployment> deployments() {
        return deployments;
    }

    public DeploymentHistory history() {
        return history;
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    public Status status() {
        return status;
    }

    public boolean active() {
        return status == Status.ACTIVE;
    }

    public int desired() {
        return desired;
    }

    public boolean steady() {
        return steady;
    }
}
