package io.selfheal.embedded.engine;

import io.selfheal.embedded.schedule.Readiness;
import io.selfheal.embedded.schedule.TaskSnapshot;
import io.selfheal.embedded.state.Deployment;
import io.selfheal.embedded.state.Health;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.wire.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When a task counts as healthy: by its health check, or without one when it has run for a while. */
record ReadinessRule(Duration settle, Instant now) {
    TaskSnapshot snapshot(Task task) {
        String deployment = task.origin().deployment().map(Deployment::id).orElse("");
        return new TaskSnapshot(task.id(), deployment, task.createdAt(), readiness(task), kept(task));
    }

    /** Protection does not outlive its service. */
    private boolean kept(Task task) {
        boolean active =
                task.origin().deployment().filter(d -> d.service().active()).isPresent();
        return active && task.protection().active(now);
    }

    private Readiness readiness(Task task) {
        if (!task.running()) {
            return Readiness.STARTING;
        }
        if (!task.hasHealthCheck()) {
            return settled(task) ? Readiness.HEALTHY : Readiness.SERVING;
        }
        return switch (task.health()) {
            case UNKNOWN -> Readiness.SERVING;
            case HEALTHY -> Readiness.HEALTHY;
            case UNHEALTHY -> after(task, grace(task)).isBefore(now) ? Readiness.UNHEALTHY : Readiness.SERVING;
        };
    }

    boolean settled(Task task) {
        return task.running() && !task.hasHealthCheck() && !after(task, settle).isAfter(now);
    }

    /** When time alone will change what may be done with the task. */
    Optional<Instant> changesAt(Task task) {
        return Stream.concat(
                        readinessChangesAt(task).stream(),
                        task.protection().expiration().filter(at -> at.isAfter(now)).stream())
                .min(Instant::compareTo);
    }

    private Optional<Instant> readinessChangesAt(Task task) {
        if (!task.running()) {
            return Optional.empty();
        }
        Instant change = task.hasHealthCheck() ? after(task, grace(task)).plusMillis(1) : after(task, settle);
        boolean matters = !task.hasHealthCheck() || task.health() == Health.UNHEALTHY;
        return Optional.of(change).filter(at -> matters && at.isAfter(now));
    }

    private static Instant after(Task task, Duration time) {
        return task.startedAt().orElse(task.createdAt()).plus(time);
    }

    private static Duration grace(Task task) {
        return task.origin()
                .deployment()
                .map(d -> new Fields(d.service().settings())
                        .integer("healthCheckGracePeriodSeconds", 0, 0, Integer.MAX_VALUE))
                .map(Duration::ofSeconds)
                .orElse(Duration.ZERO);
    }
}
