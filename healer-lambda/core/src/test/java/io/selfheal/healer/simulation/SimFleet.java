package io.selfheal.healer.simulation;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.ServiceState.Deployment;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The true fleet: a scheduler that replaces what stops, tasks that start slowly, hang, flap and come up sick, deployments,
 * and humans who change the desired count. Nothing is ever unknown here; that is for the way to it.
 */
final class SimFleet {
    private static final TaskHealth HEALTHY = new TaskHealth.Healthy();
    private static final TaskHealth UNREADY = new TaskHealth.Unready("readiness DOWN");
    private static final TaskHealth HUNG = new TaskHealth.Unresponsive("no answer");
    private static final long STOP_MILLIS = 8000;
    private static final long ROLLOUT_MILLIS = 8000;
    private static final Optional<URI> ADDRESS = Optional.of(URI.create("http://127.0.0.1:1"));

    /** How a task truly is. */
    enum Trouble {
        NONE,
        UNREADY,
        HUNG,
        /** Fails its callers while its own health says that all is well: only an alert knows. */
        GRAY
    }

    private static final class SimTask {
        private final TaskId id;
        private TaskStatus status = TaskStatus.STARTING;
        private long changesAt;
        private long readyAt;
        private Trouble trouble = Trouble.NONE;
        private Task seen;

        SimTask(TaskId id, long changesAt, long readyAt) {
            this.id = id;
            this.changesAt = changesAt;
            this.readyAt = readyAt;
            this.seen = look(id, TaskStatus.STARTING, Optional.empty());
        }

        private static Task look(TaskId id, TaskStatus status, Optional<java.time.Instant> startedAt) {
            return new Task(id, "r:1", status, Task.FleetHealth.UNKNOWN, ADDRESS, startedAt);
        }

        void become(TaskStatus next, java.time.Instant at) {
            status = next;
            seen = look(id, next, next == TaskStatus.RUNNING ? Optional.of(at) : seen.startedAt());
        }
    }

    private static final class SimService {
        private final List<SimTask> tasks = new ArrayList<>();
        private int desired;
        private int wantedByHumans;
        private long deploysUntil;
        private boolean rollsOver;
        private long badUntil;
        private long slowUntil;
    }

    private final Timeline timeline;
    private final Chance chance;
    private final Map<ServiceId, SimService> services = new LinkedHashMap<>();
    private int counter;

    SimFleet(Timeline timeline, Chance chance) {
        this.timeline = timeline;
        this.chance = chance;
    }

    void service(ServiceId id, int desired) {
        SimService service = new SimService();
        service.desired = desired;
        service.wantedByHumans = desired;
        services.put(id, service);
        for (int i = 0; i < desired; i++) {
            SimTask task = newTask(0, 0);
            // Long up, so that no start-up grace is left.
            task.become(TaskStatus.RUNNING, timeline.instant().minusSeconds(3600));
            service.tasks.add(task);
        }
    }

    private SimTask newTask(long startsAt, long readyAt) {
        return new SimTask(
                new TaskId("arn:aws:ecs:us-east-1:000000000000:task/selfheal/t" + ++counter), startsAt, readyAt);
    }

    List<ServiceId> services() {
        return List.copyOf(services.keySet());
    }

    private SimService there(ServiceId id) {
        SimService service = services.get(id);
        if (service == null) {
            throw new IllegalArgumentException("no service " + id);
        }
        return service;
    }

    /** What the scheduler did by now. */
    private SimService scheduled(ServiceId id) {
        SimService service = there(id);
        long now = timeline.now();
        service.tasks.removeIf(task -> task.status == TaskStatus.STOPPING && task.changesAt <= now);
        for (SimTask task : service.tasks) {
            if (task.status == TaskStatus.STARTING && task.changesAt <= now) {
                task.become(TaskStatus.RUNNING, timeline.instant());
            }
        }
        if (service.rollsOver && service.deploysUntil <= now) {
            service.rollsOver = false;
            service.tasks.clear();
            while (service.tasks.size() < service.desired) {
                SimTask task = started(service, now, now);
                task.become(TaskStatus.RUNNING, timeline.instant());
            }
        }
        fill(service, now);
        return service;
    }

    private void fill(SimService service, long now) {
        long live = service.tasks.stream()
                .filter(task -> task.status != TaskStatus.STOPPING)
                .count();
        for (; live < service.desired; live++) {
            boolean slow = service.slowUntil > now;
            long starts = now + (slow ? chance.between(5_000, 25_000) : chance.between(500, 3000));
            started(service, starts, starts + (slow ? chance.between(5_000, 40_000) : chance.below(1500)));
        }
        for (; live > service.desired; live--) {
            SimTask last = service.tasks.stream()
                    .filter(task -> task.status != TaskStatus.STOPPING)
                    .reduce((_, second) -> second)
                    .orElseThrow();
            service.tasks.remove(last);
        }
    }

    private SimTask started(SimService service, long starts, long ready) {
        SimTask task = newTask(starts, ready);
        if (service.badUntil > timeline.now()) {
            task.trouble = Trouble.UNREADY;
        }
        service.tasks.add(task);
        return task;
    }

    ServiceState describe(ServiceId id) {
        SimService service = scheduled(id);
        List<Task> tasks = new ArrayList<>(service.tasks.size());
        for (SimTask task : service.tasks) {
            tasks.add(task.seen);
        }
        Optional<Deployment> deployment = service.deploysUntil > timeline.now()
                ? Optional.of(new Deployment("ecs-svc/1", "r:1", "IN_PROGRESS"))
                : Optional.empty();
        return new ServiceState(id, service.desired, tasks, deployment);
    }

    TaskHealth health(TaskId id) {
        for (SimService service : services.values()) {
            for (SimTask task : service.tasks) {
                if (task.id.equals(id)) {
                    return health(task);
                }
            }
        }
        return HUNG;
    }

    private TaskHealth health(SimTask task) {
        if (task.readyAt > timeline.now()) {
            return UNREADY;
        }
        return switch (task.trouble) {
            case NONE, GRAY -> HEALTHY;
            case UNREADY -> UNREADY;
            case HUNG -> HUNG;
        };
    }

    Outcome apply(Action action) {
        SimService service = scheduled(action.service());
        switch (action) {
            case Action.RestartTask restart -> {
                Optional<SimTask> victim = service.tasks.stream()
                        .filter(task -> task.id.equals(restart.task()) && task.status == TaskStatus.RUNNING)
                        .findFirst();
                if (victim.isEmpty()) {
                    return new Outcome.Refused("no task " + restart.task());
                }
                stop(service, victim.get());
            }
            case Action.Redeploy _ -> deploy(action.service(), ROLLOUT_MILLIS, true);
            case Action.SurgeRestart surge -> service.desired = surge.to();
            case Action.ShiftTraffic shift -> service.desired = shift.to();
            case Action.Retire retire -> {
                if (service.desired != retire.from()) {
                    return new Outcome.Refused("the desired count is " + service.desired + ", not " + retire.from());
                }
                service.desired = retire.to();
                service.tasks.stream()
                        .filter(task -> task.id.equals(retire.task()) && task.status == TaskStatus.RUNNING)
                        .findFirst()
                        .ifPresent(task -> stop(service, task));
            }
            case Action.RollBack _ -> deploy(action.service(), ROLLOUT_MILLIS, true);
            case Action.Degrade _, Action.Shed _, Action.Restore _ -> {}
            case Action.ScaleOut out -> service.desired = out.to();
            case Action.ScaleBack back -> {
                if (service.desired != back.from()) {
                    return new Outcome.Refused("the desired count is " + service.desired + ", not " + back.from());
                }
                service.desired = back.to();
            }
        }
        return new Outcome.Accepted("done");
    }

    private void stop(SimService service, SimTask task) {
        if (task.trouble == Trouble.HUNG) {
            task.become(TaskStatus.STOPPING, timeline.instant());
            task.changesAt = timeline.now() + STOP_MILLIS;
        } else {
            service.tasks.remove(task);
        }
    }

    void deploy(ServiceId id, long millis, boolean rollsOver) {
        SimService service = there(id);
        service.deploysUntil = timeline.now() + millis;
        service.rollsOver |= rollsOver;
    }

    List<TaskId> running(ServiceId id) {
        return scheduled(id).tasks.stream()
                .filter(task -> task.status == TaskStatus.RUNNING)
                .map(task -> task.id)
                .toList();
    }

    void trouble(ServiceId id, TaskId task, Trouble trouble) {
        there(id).tasks.stream().filter(one -> one.id.equals(task)).forEach(one -> one.trouble = trouble);
    }

    Optional<Trouble> trouble(ServiceId id, TaskId task) {
        return scheduled(id).tasks.stream()
                .filter(one -> one.id.equals(task) && one.status == TaskStatus.RUNNING)
                .map(one -> one.trouble)
                .findFirst();
    }

    void crash(ServiceId id, TaskId task) {
        there(id).tasks.removeIf(one -> one.id.equals(task));
    }

    void badReplacements(ServiceId id, long millis) {
        there(id).badUntil = timeline.now() + millis;
    }

    void slowStarts(ServiceId id, long millis) {
        there(id).slowUntil = timeline.now() + millis;
    }

    /** A human wants another count: it stands, whatever the healer had in mind. */
    void humanScales(ServiceId id, int desired) {
        there(id).desired = desired;
        there(id).wantedByHumans = desired;
    }

    int wantedByHumans(ServiceId id) {
        return there(id).wantedByHumans;
    }

    int desired(ServiceId id) {
        return there(id).desired;
    }

    /** Every fault ends. */
    void calm() {
        services.values().forEach(service -> {
            service.badUntil = 0;
            service.slowUntil = 0;
            service.deploysUntil = Math.min(service.deploysUntil, timeline.now() + ROLLOUT_MILLIS);
            service.tasks.forEach(task -> {
                task.trouble = Trouble.NONE;
                task.readyAt = Math.min(task.readyAt, timeline.now() + 1000);
                if (task.status == TaskStatus.STARTING) {
                    task.changesAt = Math.min(task.changesAt, timeline.now() + 1000);
                }
            });
        });
    }
}
