package io.selfheal.healer.simulation;

import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.ServiceState.Deployment;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import io.selfheal.healer.testkit.MutableClock;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    /** From the order to let fewer requests in until it has caught up. */
    private static final long DRAIN_MILLIS = 3000;

    private static final int UNEVEN_MILLIS = 10_000;

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
        private final String revision;
        private final Set<Mode> modes = EnumSet.noneOf(Mode.class);
        private boolean aside;
        private TaskStatus status = TaskStatus.STARTING;
        private long changesAt;
        private long readyAt;
        private Trouble trouble = Trouble.NONE;
        private Task seen;

        SimTask(TaskId id, String revision, long changesAt, long readyAt) {
            this.id = id;
            this.revision = revision;
            this.changesAt = changesAt;
            this.readyAt = readyAt;
            this.seen = look(TaskStatus.STARTING, Optional.empty());
        }

        private Task look(TaskStatus now, Optional<Instant> startedAt) {
            return new Task(id, revision, now, Task.FleetHealth.UNKNOWN, ADDRESS, startedAt);
        }

        private long swampedUntil;

        boolean serves() {
            return status == TaskStatus.RUNNING && !aside;
        }

        void become(TaskStatus next, Instant at) {
            status = next;
            seen = look(next, next == TaskStatus.RUNNING ? Optional.of(at) : seen.startedAt());
        }
    }

    private static final class SimService {
        private final List<SimTask> tasks = new ArrayList<>();
        private final Releases releases = new Releases(MutableClock.START.minusSeconds(7200));
        private int desired;
        private int wantedByHumans;
        private long deploysUntil;
        private boolean rollsOver;
        private long badUntil;
        private long slowUntil;
        private long stormUntil;
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
            SimTask task = newTask(service, 0, 0);
            // Long up, so that no start-up grace is left.
            task.become(TaskStatus.RUNNING, timeline.instant().minusSeconds(3600));
            service.tasks.add(task);
        }
    }

    private SimTask newTask(SimService service, long startsAt, long readyAt) {
        return new SimTask(
                new TaskId("arn:aws:ecs:us-east-1:000000000000:task/selfheal/t" + ++counter),
                service.releases.revision(),
                startsAt,
                readyAt);
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
        if (service.deploysUntil <= now) {
            service.releases.completes();
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
        SimTask task = newTask(service, starts, ready);
        task.trouble = service.badUntil > timeline.now() ? Trouble.UNREADY : service.releases.trouble(task.revision);
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
                ? Optional.of(new Deployment("ecs-svc/1", service.releases.revision(), "IN_PROGRESS"))
                : Optional.empty();
        return new ServiceState(id, service.desired, tasks, deployment);
    }

    TaskHealth health(TaskId id) {
        for (SimService service : services.values()) {
            for (SimTask task : service.tasks) {
                if (task.id.equals(id)) {
                    return service.stormUntil > timeline.now() ? UNREADY : health(task);
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
                Optional<SimTask> victim = running(service, restart.task());
                if (victim.isEmpty()) {
                    return new Outcome.Refused("no task " + restart.task());
                }
                stop(service, victim.get());
            }
            case Action.Redeploy _ -> deploy(action.service(), ROLLOUT_MILLIS, true);
            case Action.SurgeRestart surge -> service.desired = surge.to();
            case Action.ShiftTraffic shift -> {
                Optional<SimTask> victim = running(service, shift.task());
                if (victim.isEmpty()) {
                    return new Outcome.Refused("no task " + shift.task());
                }
                victim.get().aside = true;
                service.desired = shift.to();
            }
            case Action.Retire retire -> {
                running(service, retire.task()).ifPresent(task -> task.aside = false);
                if (service.desired != retire.from()) {
                    return new Outcome.Refused("the desired count is " + service.desired + ", not " + retire.from());
                }
                service.desired = retire.to();
                running(service, retire.task()).ifPresent(task -> stop(service, task));
            }
            case Action.RollBack back -> {
                return rollBack(service, back);
            }
            case Action.Degrade _ -> tell(service, Mode.DEGRADED);
            case Action.Shed _ -> {
                tell(service, Mode.SHEDDING);
                service.stormUntil = Math.min(service.stormUntil, timeline.now() + DRAIN_MILLIS);
            }
            // They would return by themselves: here they do not, so that it shows whether they are told.
            case Action.Restore restore -> service.tasks.forEach(task -> task.modes.remove(restore.mode()));
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

    private static Optional<SimTask> running(SimService service, TaskId id) {
        return service.tasks.stream()
                .filter(task -> task.id.equals(id) && task.status == TaskStatus.RUNNING)
                .findFirst();
    }

    private static void tell(SimService service, Mode mode) {
        service.tasks.stream().filter(task -> task.status == TaskStatus.RUNNING).forEach(task -> task.modes.add(mode));
    }

    private Outcome rollBack(SimService service, Action.RollBack back) {
        String runs = service.releases.revision();
        if (runs.equals(back.good())) {
            return new Outcome.Accepted("it runs " + back.good() + " already");
        }
        if (!runs.equals(back.bad())) {
            return new Outcome.Refused("it runs " + runs + ", not " + back.bad());
        }
        deploy(service, back.good(), ROLLOUT_MILLIS, true);
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

    /** The same revision again. */
    void deploy(ServiceId id, long millis, boolean rollsOver) {
        SimService service = there(id);
        deploy(service, service.releases.revision(), millis, rollsOver);
    }

    /** A new revision, of which one task comes up at once and the others when the time is over. */
    String release(ServiceId id, Trouble trouble, long millis) {
        SimService service = scheduled(id);
        String next = service.releases.next(trouble);
        deploy(service, next, millis, true);
        service.tasks.stream().filter(SimTask::serves).findFirst().ifPresent(service.tasks::remove);
        return next;
    }

    private void deploy(SimService service, String revision, long millis, boolean rollsOver) {
        service.releases.begins(revision, timeline.instant());
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

    /** Drowns in repeats of calls, until load is shed or the time is over. */
    void storm(ServiceId id, long millis) {
        there(id).stormUntil = timeline.now() + millis;
    }

    boolean storms(ServiceId id) {
        return there(id).stormUntil > timeline.now();
    }

    /** More load than it has room for, and no call repeated: all its tasks are slow, and recover one after the other. */
    void swamp(ServiceId id, long millis) {
        for (SimTask task : there(id).tasks) {
            task.swampedUntil = timeline.now() + millis + chance.between(0, UNEVEN_MILLIS);
        }
    }

    boolean swamped(ServiceId id, TaskId task) {
        return scheduled(id).tasks.stream()
                .anyMatch(one ->
                        one.id.equals(task) && one.status == TaskStatus.RUNNING && one.swampedUntil > timeline.now());
    }

    List<Release> releases(ServiceId id) {
        return scheduled(id).releases.all();
    }

    /** Most of what serves is in trouble, so that its callers' calls fail. */
    boolean ails(ServiceId id) {
        List<SimTask> serving =
                scheduled(id).tasks.stream().filter(SimTask::serves).toList();
        long sick =
                serving.stream().filter(task -> task.trouble != Trouble.NONE).count();
        return storms(id) || sick * 2 >= serving.size();
    }

    boolean in(Mode mode, ServiceId id) {
        return scheduled(id).tasks.stream().filter(SimTask::serves).anyMatch(task -> task.modes.contains(mode));
    }

    boolean anyAside(ServiceId id) {
        return scheduled(id).tasks.stream().anyMatch(task -> task.aside);
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
            service.stormUntil = 0;
            service.releases.calm();
            service.deploysUntil = Math.min(service.deploysUntil, timeline.now() + ROLLOUT_MILLIS);
            service.tasks.forEach(task -> {
                task.trouble = Trouble.NONE;
                task.swampedUntil = 0;
                task.readyAt = Math.min(task.readyAt, timeline.now() + 1000);
                if (task.status == TaskStatus.STARTING) {
                    task.changesAt = Math.min(task.changesAt, timeline.now() + 1000);
                }
            });
        });
    }
}
