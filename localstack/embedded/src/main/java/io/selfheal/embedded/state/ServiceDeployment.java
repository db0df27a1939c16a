package io.selfheal.embedded.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One entry of a service's deployment history: which revision was rolled out over which, and what has become of it. */
public final class ServiceDeployment {
    private final String arn;
    private final Deployment target;
    private final List<Deployment> sources;
    private final ObjectNode configuration;
    private Status status = Status.IN_PROGRESS;
    private String reason = "";
    private Instant updatedAt;
    private Optional<Instant> finishedAt = Optional.empty();
    private Optional<Rollback> rollback = Optional.empty();
    private final Map<Deployment, TaskCounts> atTheEnd = new LinkedHashMap<>();

    /** AWS' status. PENDING is in the API; here a deployment begins at once. */
    public enum Status {
        PENDING,
        IN_PROGRESS,
        SUCCESSFUL,
        STOP_REQUESTED,
        STOPPED,
        ROLLBACK_REQUESTED,
        ROLLBACK_IN_PROGRESS,
        ROLLBACK_SUCCESSFUL,
        ROLLBACK_FAILED;

        public boolean finished() {
            return switch (this) {
                case SUCCESSFUL, STOPPED, ROLLBACK_SUCCESSFUL, ROLLBACK_FAILED -> true;
                case PENDING, IN_PROGRESS, STOP_REQUESTED, ROLLBACK_REQUESTED, ROLLBACK_IN_PROGRESS -> false;
            };
        }
    }

    /** The way back, and to what. */
    public record Rollback(String reason, Instant startedAt, Deployment to) {}

    ServiceDeployment(String arn, Deployment target, List<Deployment> sources, ObjectNode configuration) {
        this.arn = arn;
        this.target = target;
        this.sources = List.copyOf(sources);
        this.configuration = configuration.deepCopy();
        this.updatedAt = target.createdAt();
    }

    /** A deployment that has finished stays as it ended. */
    public void to(Status next, String why, Instant now) {
        if (status.finished()) {
            return;
        }
        status = next;
        reason = why;
        updatedAt = now;
        if (next.finished()) {
            finishedAt = Optional.of(now);
            sources.forEach(d -> atTheEnd.put(d, TaskCounts.of(d)));
            atTheEnd.put(target, TaskCounts.of(target));
        }
    }

    public void rollingBack(Deployment to, String why, Instant now) {
        rollback = Optional.of(new Rollback(why, now, to));
        to(Status.ROLLBACK_IN_PROGRESS, why, now);
    }

    /** Of the target or a source: as they are, or as they were when the deployment finished. */
    public TaskCounts counts(Deployment deployment) {
        return Optional.ofNullable(atTheEnd.get(deployment)).orElseGet(() -> TaskCounts.of(deployment));
    }

    public String arn() {
        return arn;
    }

    public Deployment target() {
        return target;
    }

    public List<Deployment> sources() {
        return sources;
    }

    /** The service's deploymentConfiguration when this deployment began. */
    public ObjectNode configuration() {
        return configuration;
    }

    public Status status() {
        return status;
    }

    public String reason() {
        return reason;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public Optional<Instant> finishedAt() {
        return finishedAt;
    }

    public Optional<Rollback> rollback() {
        return rollback;
    }
}
