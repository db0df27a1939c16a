package io.selfheal.healer.fleet;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service as its fleet reports it at one moment.
 *
 * @param tasks all tasks not yet STOPPED
 * @param deployment the deployment in progress, empty when none is
 */
public record ServiceState(ServiceId id, int desired, List<Task> tasks, Optional<Deployment> deployment) {

    public ServiceState {
        if (desired < 0) {
            throw new IllegalArgumentException("desired: expected 0 or more, was " + desired);
        }
        tasks = List.copyOf(tasks);
    }

    /** A deployment that has not completed: its id, the revision it rolls out and the fleet's word on its state. */
    public record Deployment(String id, String revision, String rolloutState) {}

    /** The same without these tasks, and with as many fewer wanted. */
    public ServiceState without(Set<TaskId> left) {
        List<Task> kept =
                tasks.stream().filter(task -> !left.contains(task.id())).toList();
        return new ServiceState(id, Math.max(0, desired - (tasks.size() - kept.size())), kept, deployment);
    }

    public long running() {
        return tasks.stream().filter(Task::running).count();
    }

    /**
     * As many tasks run as are wanted, none is starting and no deployment is in progress. A task on its way out does not
     * count: a hung one takes its whole stop timeout, long after users are well.
     */
    public boolean steady() {
        return running() == desired
                && deployment.isEmpty()
                && tasks.stream().noneMatch(task -> task.status() == TaskStatus.STARTING);
    }

    public Optional<Task> task(TaskId id) {
        return tasks.stream().filter(task -> task.id().equals(id)).findFirst();
    }
}
