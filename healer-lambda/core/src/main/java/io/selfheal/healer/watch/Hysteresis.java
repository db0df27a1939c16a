package io.selfheal.healer.watch;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Turns single probes into alerts that do not flutter: one miss is no alert, and a probe that failed to ask is no miss. */
final class Hysteresis {

    private record Misses(int count, Instant since) {}

    private final ProbeRules rules;
    private final Map<ServiceId, Map<TaskId, Misses>> misses = new HashMap<>();
    private final Map<ServiceId, Map<TaskId, Alert>> firing = new HashMap<>();

    Hysteresis(ProbeRules rules) {
        this.rules = rules;
    }

    List<Signal> judge(ServiceState state, Map<TaskId, Fact<TaskHealth>> health, Set<TaskId> seenReady, Instant now) {
        Map<TaskId, Alert> alerts = firing.computeIfAbsent(state.id(), _ -> new HashMap<>());
        Map<TaskId, Misses> missed = misses.computeIfAbsent(state.id(), _ -> new HashMap<>());
        List<Signal> signals = new ArrayList<>();
        Set<TaskId> running = new HashSet<>();
        for (Task task : state.tasks()) {
            if (task.running()) {
                running.add(task.id());
                boolean old = seenReady.contains(task.id()) || startupIsOver(task, now);
                int enough = old ? rules.missesOf(task, now) : Integer.MAX_VALUE;
                judge(state.id(), task.id(), health.get(task.id()), enough, now, missed, alerts, signals);
            }
        }
        missed.keySet().retainAll(running);
        // A task that is gone can no longer be probed: the alert ends, which is no word on the service's health.
        for (TaskId task : Set.copyOf(alerts.keySet())) {
            if (!running.contains(task)) {
                resolve(task, alerts, signals, now);
            }
        }
        return signals;
    }

    private boolean startupIsOver(Task task, Instant now) {
        return task.startedAt()
                .filter(at -> !at.plus(rules.startupGrace()).isAfter(now))
                .isPresent();
    }

    private void judge(
            ServiceId service,
            TaskId task,
            @org.jspecify.annotations.Nullable Fact<TaskHealth> fact,
            int enough,
            Instant now,
            Map<TaskId, Misses> missed,
            Map<TaskId, Alert> alerts,
            List<Signal> signals) {
        if (!(fact instanceof Fact.Known<TaskHealth>(TaskHealth health, Instant _))) {
            return;
        }
        if (health.healthy()) {
            missed.remove(task);
            resolve(task, alerts, signals, now);
            return;
        }
        Misses count =
                missed.merge(task, new Misses(1, now), (before, _) -> new Misses(before.count() + 1, before.since()));
        if (count.count() >= enough) {
            Alert alert = alert(service, task, health, count.since());
            Alert before = alerts.put(task, alert);
            if (before != null && !before.sameAs(alert)) {
                signals.add(new Signal.Resolved(before, now));
            }
            signals.add(new Signal.Firing(alert));
        }
    }

    private static void resolve(TaskId task, Map<TaskId, Alert> alerts, List<Signal> signals, Instant now) {
        Alert alert = alerts.remove(task);
        if (alert != null) {
            signals.add(new Signal.Resolved(alert, now));
        }
    }

    private static Alert alert(ServiceId service, TaskId task, TaskHealth health, Instant since) {
        String name =
                switch (health) {
                    case TaskHealth.Unready _ -> "ProbeUnready";
                    case TaskHealth.Unresponsive _ -> "ProbeUnresponsive";
                    case TaskHealth.Healthy _ -> throw new IllegalStateException("a healthy task raises no alert");
                };
        TreeMap<String, String> labels = new TreeMap<>(Map.of(
                "alertname", name,
                "service_name", service.service(),
                "cluster", service.cluster(),
                "task_arn", task.arn()));
        return new Alert(SignalSource.PROBE, name, name + " " + task.arn(), service, Optional.of(task), since, labels);
    }
}
