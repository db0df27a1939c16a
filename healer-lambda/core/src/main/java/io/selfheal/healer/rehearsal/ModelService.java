package io.selfheal.healer.rehearsal;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.signal.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
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
    private static final TaskHealth HEALTHY = new TaskHealth.Healthy();
    private static final TaskHealth SICK = new TaskHealth.Unready("an alert names it");

    /** What there is to see; made anew only when something changed, for most looks find what the last one found. */
    private record Seen(ServiceState state, Map<TaskId, Fact<TaskHealth>> health, Set<TaskId> ready, boolean well) {}

    private final ServiceId id;
    private final ModelTasks tasks;
    private final Map<String, Alert> firing = new TreeMap<>();
    private final Map<String, Instant> ended = new HashMap<>();
    private int desired;
    private Optional<ServiceState.Deployment> deployment = Optional.empty();
    private Optional<Instant> wellSince = Optional.of(LONG_AGO);
    private Seen seen;

    ModelService(ServiceId id, int desired) {
        this.id = id;
        this.desired = desired;
        this.tasks = new ModelTasks(id, desired);
        this.seen = see(id, desired, tasks, Set.of(), deployment, LONG_AGO);
    }

    /** False: it is about a task that was taken away in this replay, or a late copy of an episode that is over. */
    boolean fires(Alert alert, Instant now) {
        Instant over = ended.getOrDefault(key(alert), Instant.MIN);
        if (alert.task().filter(tasks::wasTakenAway).isPresent()
                || !alert.startsAt().isAfter(over)) {
            return false;
        }
        alert.task().filter(task -> !tasks.stoodFor(task)).ifPresent(_ -> desired++);
        firing.put(key(alert), alert);
        look(now);
        return true;
    }

    /** False: it had ended before in this replay. */
    boolean resolves(Alert alert, Instant now) {
        Alert known = firing.get(key(alert));
        boolean news = known != null && !alert.startsAt().isBefore(known.startsAt());
        if (news) {
            firing.remove(key(alert));
            ended.put(key(alert), alert.startsAt());
            alert.task().filter(task -> !named(task)).ifPresent(tasks::noLongerNamed);
        }
        look(now);
        return news;
    }

    private boolean named(TaskId task) {
        return firing.values().stream()
                .anyMatch(alert -> alert.task().filter(task::equals).isPresent());
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
                desired -= tasks.shrink(from - to);
            }
        }
        look(now);
        return new Outcome.Accepted("modelled");
    }

    private void giveUp(TaskId task) {
        tasks.takeAway(task);
        firing.values().removeIf(alert -> alert.task().filter(task::equals).isPresent());
    }

    private void start(Instant now, List<Later> later) {
        TaskId task = tasks.start(now);
        later.add(new Later(START, () -> tasks.ready(task, now.plus(START))));
    }

    /** To be called after every change: what there is to see now, and since when the service is well. */
    void look(Instant now) {
        Set<TaskId> sick = new HashSet<>();
        firing.values().forEach(alert -> alert.task().ifPresent(sick::add));
        seen = see(id, desired, tasks, sick, deployment, now);
        if (!seen.well()) {
            wellSince = Optional.empty();
        } else if (wellSince.isEmpty()) {
            wellSince = Optional.of(now);
        }
    }

    private static Seen see(
            ServiceId id,
            int desired,
            ModelTasks tasks,
            Set<TaskId> sick,
            Optional<ServiceState.Deployment> deployment,
            Instant now) {
        ServiceState state = new ServiceState(id, desired, List.copyOf(tasks.all()), deployment);
        Fact<TaskHealth> healthy = new Fact.Known<>(HEALTHY, now);
        Fact<TaskHealth> ill = new Fact.Known<>(SICK, now);
        Map<TaskId, Fact<TaskHealth>> health = new HashMap<>();
        for (Task task : state.tasks()) {
            if (task.running()) {
                health.put(task.id(), sick.contains(task.id()) ? ill : healthy);
            }
        }
        boolean well = state.steady() && state.tasks().stream().map(Task::id).noneMatch(sick::contains);
        return new Seen(state, Map.copyOf(health), Set.copyOf(health.keySet()), well);
    }

    ServiceState state() {
        return seen.state();
    }

    Set<TaskId> ready() {
        return seen.ready();
    }

    Map<TaskId, Fact<TaskHealth>> health() {
        return seen.health();
    }

    Optional<Instant> wellSince() {
        return wellSince;
    }
}
