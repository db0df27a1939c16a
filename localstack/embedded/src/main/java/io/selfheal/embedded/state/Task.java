package io.selfheal.embedded.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.wire.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One task: its life from PENDING to STOPPED. */
public final class Task {
    private final Origin origin;
    private final String id;
    private final String arn;
    private final TaskDefinition definition;
    private final List<Container> containers;
    private final ObjectNode overrides;
    private final Map<String, String> tags;
    private final Instant createdAt;
    private TaskStatus status = TaskStatus.PENDING;
    private long version = 1;
    private boolean everHealthy;
    private Protection protection = Protection.NONE;
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<Instant> stoppingAt = Optional.empty();
    private Optional<Instant> stoppedAt = Optional.empty();
    private Optional<StopCode> stopCode = Optional.empty();
    private Optional<String> stoppedReason = Optional.empty();

    /**
     * Where a task comes from.
     *
     * @param deployment of a service, or empty for RunTask
     */
    public record Origin(
            Cluster cluster,
            Optional<Deployment> deployment,
            String group,
            Optional<String> startedBy,
            String launchType) {}

    public Task(Arns arns, String id, Origin origin, TaskDefinition definition, Fields overrides, Instant now) {
        this.origin = origin;
        this.id = id;
        this.arn = arns.task(origin.cluster().name(), id);
        this.definition = definition;
        this.overrides = overrides.json();
        this.tags = new LinkedHashMap<>();
        this.createdAt = now;
        this.containers = definition.containers().stream()
                .map(c -> new Container(
                        c,
                        arns.container(origin.cluster().name(), id, id + "-" + c.name()),
                        ContainerOverride.find(overrides, c.name())))
                .toList();
    }

    /** Goes forward only: a step back is ignored. Says whether something changed. */
    public boolean advance(TaskStatus next, Instant now) {
        if (next.compareTo(status) <= 0) {
            return false;
        }
        status = next;
        if (next == TaskStatus.RUNNING) {
            startedAt = Optional.of(now);
        }
        if (next == TaskStatus.STOPPED) {
            stoppedAt = Optional.of(now);
        }
        return true;
    }

    /** From now on the task is wanted to stop; the first reason stands. */
    public boolean stop(StopCode code, String reason, Instant now) {
        if (stopCode.isPresent()) {
            return false;
        }
        stopCode = Optional.of(code);
        stoppedReason = Optional.of(reason);
        stoppingAt = Optional.of(now);
        return true;
    }

    public void touched() {
        version++;
    }

    public void markHealthy() {
        everHealthy = true;
    }

    /** Worst of the essential containers that have a health check; UNKNOWN without one. */
    public Health health() {
        List<Health> checked = containers.stream()
                .filter(c -> c.definition().essential()
                        && c.definition().healthCheck().isPresent())
                .map(Container::health)
                .toList();
        if (checked.contains(Health.UNHEALTHY)) {
            return Health.UNHEALTHY;
        }
        return checked.isEmpty() || checked.contains(Health.UNKNOWN) ? Health.UNKNOWN : Health.HEALTHY;
    }

    public boolean hasHealthCheck() {
        return containers.stream()
                .anyMatch(c -> c.definition().essential()
                        && c.definition().healthCheck().isPresent());
    }

    /** Runs and is wanted to go on running. */
    public boolean running() {
        return status == TaskStatus.RUNNING && wanted();
    }

    /** AWS' desiredStatus is RUNNING. */
    public boolean wanted() {
        return stopCode.isEmpty();
    }

    public boolean stopped() {
        return status == TaskStatus.STOPPED;
    }

    public Origin origin() {
        return origin;
    }

    public String id() {
        return id;
    }

    public String arn() {
        return arn;
    }

    public TaskDefinition definition() {
        return definition;
    }

    public List<Container> containers() {
        return containers;
    }

    public ObjectNode overrides() {
        return overrides;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public TaskStatus status() {
        return status;
    }

    public long version() {
        return version;
    }

    public boolean everHealthy() {
        return everHealthy;
    }

    public Protection protection() {
        return protection;
    }

    public void protect(Protection next) {
        protection = next;
    }

    public Optional<Instant> startedAt() {
        return startedAt;
    }

    public Optional<Instant> stoppingAt() {
        return stoppingAt;
    }

    public Optional<Instant> stoppedAt() {
        return stoppedAt;
    }

    public Optional<StopCode> stopCode() {
        return stopCode;
    }

    public Optional<String> stoppedReason() {
        return stoppedReason;
    }
}
