package io.selfheal.healer.rehearsal;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import io.selfheal.healer.signal.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One service of the modelled world: wants a fixed count of tasks; a task is sick while a recorded alert names it; an action
 * always helps, after a fixed time. docs/policy-tools.md states the model for whoever reads a backtest.
 */
final class ModelService {
    /** Newborn to ready. */
    static final Duration START = Duration.ofSeconds(10);
    /** Redeploy or scale-out to the end of the service's alerts. */
    static final Duration CURE = Duration.ofSeconds(20);

    private static final Instant LONG_AGO = Instant.EPOCH;

    private final ServiceId id;
    private final Map<TaskId, Task> tasks = new LinkedHashMap<>();
    private final Set<TaskId> fillers = new HashSet<>();
    private final Set<TaskId> gone = new HashSet<>();
    private final Map<String, Alert> firing = new TreeMap<>();
    private final Map<String, Instant> ended = new HashMap<>();
    private int desired;
    private int born;
    private Optional<ServiceState.Deployment> deployment = Optional.empty();
    private Optional<Instant> wellSince = Optional.of(LONG_AGO);

    ModelService(ServiceId id, int desired) {
        this.id = id;
        this.desired = desired;
        for (int i = 0; i < desired; i++) {
            add(TaskStatus.RUNNING, LONG_AGO);
        }
    }

    private TaskId add(TaskStatus status, Instant startedAt) {
        TaskId task = new TaskId("model/" + id + "/" + ++born);
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

    /** False: it is about a task that was taken away in this replay, or a late copy of an episode that is over. */
    boolean fires(Alert alert, Instant now) {
        Instant over = ended.getOrDefault(key(alert), Instant.MIN);
        if (alert.task().filter(gone::contains).isPresent() || !alert.startsAt().isAfter(over)) {
            return false;
        }
        alert.task().filter(task -> !tasks.containsKey(task)).ifPresent(this::makeKnown);
        firing.put(key(alert), alert);
        look(now);
        return true;
    }

    /** The recording names a task that was there all along: one of those that nobody has named yet. */
    private void makeKnown(TaskId task) {
        Optional<TaskId> filler = tasks.values().stream()
                .filter(Task::running)
                .map(Task::id)
                .filter(fillers::contains)
                .findFirst();
        filler.ifPresentOrElse(
                one -> {
                    fillers.remove(one);
                    tasks.remove(one);
                },
                () -> desired++);
        tasks.put(task, task(task, TaskStatus.RUNNING, LONG_AGO));
    }

    /** False: it had ended before in this replay. */
    boolean resolves(Alert alert, Instant now) {
        Alert known = firing.get(key(alert));
        boolean news = known != null && !alert.startsAt().isBefore(known.startsAt());
        if (news) {
            firing.remove(key(alert));
            ended.put(key(alert), alert.startsAt());
        }
        look(now);
        return news;
    }

    private static String key(Alert alert) {
        return alert.source() + " " + alert.fingerprint();
    }

    /** Alerts of this service that fire at present. */
    List<Alert> firing() {
        return List.copyOf(firing.values());
    }

    /** What of the world changes later by an action, and how long after it. */
    record Later(Duration after, Runnable change) {}

    /** Whether the action ends what is wrong with the service as a whole. */
    static boolean curesService(Action action) {
        return switch (action) {
            case Action.Redeploy _, Action.RollBack _, Action.ScaleOut _, Action.Degrade _, Action.Shed _ -> true;
            case Action.RestartTask _,
                    Action.SurgeRestart _,
                    Action.ShiftTraffic _,
                    Action.Retire _,
                    Action.ScaleBack _,
                    Action.Restore _ -> false;
        };
    }

    /** Carries the action out; it is always accepted. */
    Outcome apply(Action action, Instant now, List<Later> later) {
        switch (action) {
            case Action.RestartTask(ServiceId _, TaskId task) -> {
                giveUp(task);
                start(now, later);
            }
            case Action.SurgeRestart _, Action.ShiftTraffic _ -> {
                desired++;
                start(now, later);
            }
            case Action.Retire(ServiceId _, TaskId task, int _, int _, boolean _) -> {
                desired--;
                giveUp(task);
            }
            case Action.Degrade _, Action.Shed _, Action.Restore _ -> {}
            case Action.Redeploy _, Action.RollBack _ -> {
                deployment = Optional.of(new ServiceState.Deployment("model", "model:1", "IN_PROGRESS"));
                later.add(new Later(CURE, () -> deployment = Optional.empty()));
            }
            case Action.ScaleOut(ServiceId _, int from, int to, Duration _) -> {
                desired += to - from;
                for (int i = from; i < to; i++) {
                    start(now, later);
                }
            }
            case Action.ScaleBack(ServiceId _, int from, int to) -> {
                List<TaskId> surplus = fillers.stream()
                        .sorted(Comparator.comparing(TaskId::arn).reversed())
                        .limit(from - to)
                        .toList();
                surplus.forEach(tasks::remove);
                surplus.forEach(fillers::remove);
                desired -= surplus.size();
            }
        }
        look(now);
        return new Outcome.Accepted("modelled");
    }

    private void giveUp(TaskId task) {
        tasks.remove(task);
        fillers.remove(task);
        gone.add(task);
        firing.values().removeIf(alert -> alert.task().filter(task::equals).isPresent());
    }

    private void start(Instant now, List<Later> later) {
        TaskId task = add(TaskStatus.STARTING, now);
        later.add(new Later(START, () -> tasks.replace(task, task(task, TaskStatus.RUNNING, now.plus(START)))));
    }

    /** To be called after every change: since when the service is well. */
    void look(Instant now) {
        boolean well = state().steady() && tasks.keySet().stream().noneMatch(this::sick);
        if (!well) {
            wellSince = Optional.empty();
        } else if (wellSince.isEmpty()) {
            wellSince = Optional.of(now);
        }
    }

    private boolean sick(TaskId task) {
        return firing.values().stream()
                .anyMatch(alert -> alert.task().filter(task::equals).isPresent());
    }

    ServiceState state() {
        return new ServiceState(id, desired, new ArrayList<>(tasks.values()), deployment);
    }

    Set<TaskId> ready() {
        Set<TaskId> ready = new HashSet<>();
        tasks.values().stream().filter(Task::running).map(Task::id).forEach(ready::add);
        return ready;
    }

    Map<TaskId, Fact<TaskHealth>> health(Instant now) {
        Map<TaskId, Fact<TaskHealth>> health = new HashMap<>();
        for (TaskId task : ready()) {
            TaskHealth seen = sick(task) ? new TaskHealth.Unready("an alert names it") : new TaskHealth.Healthy();
            health.put(task, new Fact.Known<>(seen, now));
        }
        return health;
    }

    Optional<Instant> wellSince() {
        return wellSince;
    }
}
