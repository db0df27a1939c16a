package io.selfheal.embedded.state;

import java.util.List;

/** How many tasks of one deployment are wanted, run, and have not come so far. */
public record TaskCounts(int requested, int running, int pending) {
    public static TaskCounts of(Deployment deployment) {
        Service service = deployment.service();
        List<Task> tasks = service.cluster().tasksOf(deployment);
        return new TaskCounts(
                deployment == service.primary() ? service.desired() : 0,
                (int) tasks.stream()
                        .filter(t -> t.status() == TaskStatus.RUNNING)
                        .count(),
                (int) tasks.stream()
                        .filter(t -> t.status().compareTo(TaskStatus.RUNNING) < 0)
                        .count());
    }
}
