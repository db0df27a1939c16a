package io.selfheal.healer.testkit;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.ServiceState.Deployment;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A fleet whose scheduler replaces what stops, in the time of a clock: a stopped task is gone at once, its replacement runs
 * and is ready after {@link #startTime}. The probe sees what a test made of a task.
 */
public final class SimulatedFleet implements Fleet, HealthProbe {

    /** An action that the fleet was asked for. */
    public record Applied(Action action, String key, Instant at) {}

    private static final class Service {
        private int desired;
        private final List<Task> tasks = new ArrayList<>();
        private Optional<Deployment> deployment = Optional.empty();
        private Optional<Instant> deployedAt = Optional.empty();
        private String revision = "r:1";
        private final Set<TaskId> aside = new HashSet<>();
        private final Set<Mode> modes = EnumSet.noneOf(Mode.class);
    }

    private final InstantSource clock;
    private final Map<ServiceId, Service> services = new LinkedHashMap<>();
    private final Map<TaskId, TaskHealth> sick = new HashMap<>();
    private final List<Applied> applied = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private final List<Outcome> nextOutcomes = new ArrayList<>();
    private Duration startTime = Duration.ofSeconds(1);
    private boolean replacementsAreSick;
    private Optional<String> away = Optional.empty();
    private int counter;

    public SimulatedFleet(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized ServiceId service(String name, int tasks) {
        ServiceId id = new ServiceId("selfheal", name);
        Service service = new Service();
        service.desired = tasks;
        services.put(id, service);
        for (int i = 0; i < tasks; i++) {
            // Long up, so that no start-up grace is left.
            service.tasks.add(
                    task("r:1", TaskStatus.RUNNING, Optional.of(clock.instant().minus(Duration.ofHours(1)))));
        }
        return id;
    }

    private Task task(String revision, TaskStatus status, Optional<Instant> startedAt) {
        TaskId id = new TaskId("arn:aws:ecs:us-east-1:000000000000:task/selfheal/%032x".formatted(++counter));
        return new Task(
                id,
                revision,
                status,
                Task.FleetHealth.UNKNOWN,
                Optional.of(URI.create("http://127.0.0.1:1")),
                startedAt);
    }

    /** A new revision that runs everywhere already, as after a deployment that has completed. */
    public synchronized void released(ServiceId id, String revision) {
        Service service = there(id);
        service.revision = revision;
        service.tasks.replaceAll(old -> task(revision, TaskStatus.RUNNING, Optional.of(clock.instant())));
    }

    public synchronized Set<TaskId> aside(ServiceId service) {
        return Set.copyOf(there(service).aside);
    }

    public synchronized Set<Mode> modes(ServiceId service) {
        return Set.copyOf(there(service).modes);
    }

    public synchronized List<TaskId> tasksOf(ServiceId service) {
        return there(service).tasks.stream().map(Task::id).toList();
    }

    public synchronized List<Applied> applied() {
        return List.copyOf(applied);
    }

    public synchronized void startTime(Duration time) {
        startTime = time;
    }

    public synchronized void makeSick(TaskId task) {
        sick.put(task, new TaskHealth.Unresponsive("no answer"));
    }

    public synchronized void makeUnready(TaskId task) {
        sick.put(task, new TaskHealth.Unready("readiness DOWN"));
    }

    public synchronized void makeHealthy(TaskId task) {
        sick.remove(task);
    }

    public synchronized void replacementsAreSick(boolean value) {
        replacementsAreSick = value;
    }

    /** From now on nothing can be read of the fleet or done to it. */
    public synchronized void away(String why) {
        away = Optional.of(why);
    }

    public synchronized void back() {
        away = Optional.empty();
    }

    /** The next action is answered like this and does nothing. */
    public synchronized void answerNextWith(Outcome outcome) {
        nextOutcomes.add(outcome);
    }

    public synchronized void deploying(ServiceId service, boolean going) {
        there(service).deployment =
                going ? Optional.of(new Deployment("ecs-svc/1", "r:2", "IN_PROGRESS")) : Optional.empty();
    }

    public synchronized void desired(ServiceId service, int count) {
        there(service).desired = count;
    }

    public synchronized int desired(ServiceId service) {
        return there(service).desired;
    }

    /** The task ends by itself, as in a crash. */
    public synchronized void crash(TaskId task) {
        services.values().forEach(service -> remove(service, task));
    }

    private static void remove(Service service, TaskId task) {
        service.tasks.removeIf(one -> one.id().equals(task));
    }

    private Service there(ServiceId id) {
        Service service = services.get(id);
        if (service == null) {
            throw new IllegalArgumentException("no service " + id);
        }
        return service;
    }

    /** What the scheduler did by now. */
    private void schedule(Service service) {
        Instant now = clock.instant();
        service.tasks.replaceAll(task -> started(task, now));
        while (service.tasks.size() < service.desired) {
            Task task = task(service.revision, TaskStatus.STARTING, Optional.of(now.plus(startTime)));
            service.tasks.add(started(task, now));
            if (replacementsAreSick) {
                makeSick(task.id());
            }
        }
        while (service.tasks.size() > service.desired) {
            service.tasks.removeLast();
        }
        boolean rolledOut = service.tasks.stream().allMatch(Task::running);
        if (service.deployedAt.isPresent() && rolledOut) {
            service.deployment = Optional.empty();
            service.deployedAt = Optional.empty();
        }
    }

    private static Task started(Task task, Instant now) {
        boolean due = task.status() == TaskStatus.STARTING
                && !task.startedAt().orElseThrow().isAfter(now);
        return due
                ? new Task(
                        task.id(), task.revision(), TaskStatus.RUNNING, task.health(), task.address(), task.startedAt())
                : task;
    }

    @Override
    public synchronized Fact<List<ServiceId>> services() {
        return away.<Fact<List<ServiceId>>>map(Fact.Unknown::new)
                .orElseGet(() -> new Fact.Known<>(List.copyOf(services.keySet()), clock.instant()));
    }

    @Override
    public synchronized Fact<ServiceState> describe(ServiceId id) {
        Service service = services.get(id);
        if (away.isPresent() || service == null) {
            return new Fact.Unknown<>(away.orElse("no service " + id));
        }
        schedule(service);
        return new Fact.Known<>(
                new ServiceState(id, service.desired, service.tasks, service.deployment), clock.instant());
    }

    @Override
    public synchronized Map<TaskId, Fact<TaskHealth>> probe(Collection<Task> tasks) {
        Map<TaskId, Fact<TaskHealth>> seen = new HashMap<>();
        for (Task task : tasks) {
            seen.put(
                    task.id(),
                    task.address().isEmpty()
                            ? new Fact.Unknown<>("no address")
                            : new Fact.Known<>(
                                    sick.getOrDefault(task.id(), new TaskHealth.Healthy()), clock.instant()));
        }
        return seen;
    }

    @Override
    public synchronized Outcome apply(Action action, String key) {
        if (keys.contains(key)) {
            return new Outcome.Accepted("done before");
        }
        if (away.isPresent()) {
            return new Outcome.Failed(away.get());
        }
        Service service = services.get(action.service());
        if (service == null) {
            return new Outcome.Refused("no service " + action.service());
        }
        keys.add(key);
        applied.add(new Applied(action, key, clock.instant()));
        return nextOutcomes.isEmpty() ? carryOut(service, action) : nextOutcomes.removeFirst();
    }

    private Outcome carryOut(Service service, Action action) {
        switch (action) {
            case Action.RestartTask restart -> {
                if (service.tasks.stream().noneMatch(task -> task.id().equals(restart.task()))) {
                    return new Outcome.Refused("no task " + restart.task());
                }
                remove(service, restart.task());
            }
            case Action.Redeploy _ -> {
                service.tasks.clear();
                roll(service);
            }
            case Action.RollBack back -> {
                if (service.revision.equals(back.good())) {
                    return new Outcome.Accepted("it runs " + back.good() + " already");
                }
                if (!service.revision.equals(back.bad())) {
                    return new Outcome.Refused("it runs " + service.revision + ", not " + back.bad());
                }
                service.revision = back.good();
                service.tasks.clear();
                roll(service);
            }
            case Action.SurgeRestart surge -> service.desired = surge.to();
            case Action.ShiftTraffic shift -> {
                service.aside.add(shift.task());
                service.desired = shift.to();
            }
            case Action.Retire retire -> {
                service.aside.remove(retire.task());
                if (service.desired != retire.from()) {
                    return new Outcome.Refused("the desired count is " + service.desired + ", not " + retire.from());
                }
                remove(service, retire.task());
                service.desired = retire.to();
            }
            case Action.Degrade _ -> service.modes.add(Mode.DEGRADED);
            case Action.Shed _ -> service.modes.add(Mode.SHEDDING);
            case Action.Restore restore -> service.modes.remove(restore.mode());
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

    private void roll(Service service) {
        service.deployment = Optional.of(new Deployment("ecs-svc/2", service.revision, "IN_PROGRESS"));
        service.deployedAt = Optional.of(clock.instant());
    }
}
