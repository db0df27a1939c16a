package io.selfheal.embedded.schedule;

import java.util.List;

/**
 * What the scheduler sees of one service.
 *
 * @param tasks those wanted to run, of every deployment
 * @param stopping how many more are on their way out
 * @param breaker whether the deployment circuit breaker is on
 */
public record ServiceSnapshot(
        int desired,
        Limits limits,
        boolean breaker,
        DeploymentSnapshot primary,
        List<TaskSnapshot> tasks,
        int stopping) {
    public ServiceSnapshot {
        tasks = List.copyOf(tasks);
    }

    List<TaskSnapshot> ofPrimary() {
        return tasks.stream().filter(t -> t.deployment().equals(primary.id())).toList();
    }

    List<TaskSnapshot> superseded() {
        return tasks.stream().filter(t -> !t.deployment().equals(primary.id())).toList();
    }

    long count(Readiness readiness) {
        return tasks.stream().filter(t -> t.readiness() == readiness).count();
    }
}
