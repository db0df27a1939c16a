package io.selfheal.healer.rehearsal;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tasks of one modelled service: those that the recording names, and fillers that stand for the ones it does not name. */
final class ModelTasks {
    private static final Instant LONG_AGO = Instant.EPOCH;

    private final ServiceId service;
    private final Map<TaskId, Task> tasks = new LinkedHashMap<>();
    private final Set<TaskId> fillers = new LinkedHashSet<>();
    private final Set<TaskId> gone = new HashSet<>();
    private int born;

    ModelTasks(ServiceId service, int count) {
        this.service = service;
        for (int i = 0; i < count; i++) {
            add(TaskStatus.RUNNING, LONG_AGO);
        }
    }

    private TaskId add(TaskStatus status, Instant startedAt) {
        TaskId task = new TaskId("model/" + service + "/" + ++born);
        tasks.put(task, task(task, status, startedAt));
        fillers.add(task);
        return task;
    }

    private static Task task(TaskId id, TaskStatus status, Instant startedAt) {
        return new Task(
                id,
                "model:1",
                status,
                Task.FleetHealth.UNKNOWN,
                Optional.empty(),
                status == TaskStatus.RUNNING ? Optional.of(startedAt) : Optional.empty());
    }

    Collection<Task> all() {
        return tasks.values();
    }

    boolean wasTakenAway(TaskId task) {
        return gone.contains(task);
    }

    /**
     * The recording names a task, which was there all along: one of those that nobody names now, the longest unnamed first.
     * False: there is none left, and the service has one more.
     */
    boolean stoodFor(TaskId named) {
        if (tasks.containsKey(named)) {
            fillers.remove(named);
            return true;
        }
        Optional<TaskId> filler = fillers.stream()
                .filter(one -> Optional.ofNullable(tasks.get(one))
                        .filter(Task::running)
                        .isPresent())
                .findFirst();
        filler.ifPresent(fillers::remove);
        filler.ifPresent(tasks::remove);
        tasks.put(named, task(named, TaskStatus.RUNNING, LONG_AGO));
        return filler.isPresent();
    }

    /** No alert names it any more: the next name may be another one for it. */
    void noLongerNamed(TaskId task) {
        if (tasks.containsKey(task)) {
            fillers.add(task);
        }
    }

    void takeAway(TaskId task) {
        tasks.remove(task);
        fillers.remove(task);
        gone.add(task);
    }

    TaskId start(Instant now) {
        return add(TaskStatus.STARTING, now);
    }

    void ready(TaskId started, Instant at) {
        tasks.replace(started, task(started, TaskStatus.RUNNING, at));
    }

    /** Takes away at most so many that nobody named, and says how many. */
    int shrink(int by) {
        List<TaskId> surplus = fillers.stream()
                .sorted(Comparator.comparing(TaskId::arn).reversed())
                .limit(by)
                .toList();
        surplus.forEach(tasks::remove);
        surplus.forEach(fillers::remove);
        return surplus.size();
    }
}
