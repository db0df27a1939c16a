package io.selfheal.healer.testkit;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState.Acting;
import io.selfheal.healer.incident.IncidentState.Resolved;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.TrackedAlert;
import io.selfheal.healer.incident.Transitions;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds what tests need of the domain, at the time at which a {@link MutableClock} starts. */
public final class Fixtures {
    public static final Instant T0 = MutableClock.START;

    private Fixtures() {}

    public static ServiceId service(String name) {
        return new ServiceId("selfheal", name);
    }

    public static TaskId task(int number) {
        return new TaskId("arn:aws:ecs:us-east-1:000000000000:task/selfheal/%032x".formatted(number));
    }

    public static Alert alert(String name, ServiceId service, Optional<TaskId> task, Instant startsAt) {
        return alert(SignalSource.ALERTMANAGER, name, service, task, startsAt);
    }

    public static Alert alert(
            SignalSource source, String name, ServiceId service, Optional<TaskId> task, Instant startsAt) {
        TreeMap<String, String> labels = new TreeMap<>(
                Map.of("alertname", name, "service_name", service.service(), "cluster", service.cluster()));
        task.ifPresent(id -> labels.put("task_arn", id.arn()));
        return new Alert(source, name, name + labels.hashCode(), service, task, startsAt, labels);
    }

    public static Signal firing(Alert alert) {
        return new Signal.Firing(alert);
    }

    public static Signal resolved(Alert alert, Instant endsAt) {
        return new Signal.Resolved(alert, endsAt);
    }

    /** An open incident of the service with one firing alert, not yet saved, due at once. */
    public static Incident incident(String id, ServiceId service, Instant openedAt) {
        return Incident.open(new IncidentId(id), service, openedAt)
                .edit()
                .alerts(List.of(new TrackedAlert(
                        alert("TaskStuck", service, Optional.of(task(1)), openedAt), openedAt, Optional.empty())))
                .done();
    }

    public static Incident resolved(Incident incident, Instant at) {
        return incident.edit()
                .move(Transitions.Event.HEALED, new Resolved(at))
                .updatedAt(at)
                .neverDue()
                .done();
    }

    public static Change saving(Incident incident) {
        return new Change(incident, List.of(), Optional.empty());
    }

    public static Change saving(Incident incident, HistoryEntry... entries) {
        return new Change(incident, List.of(entries), Optional.empty());
    }

    /** The save that claims a restart of the task at the given time. */
    public static Change claiming(Incident incident, TaskId task, Instant at, long ledgerVersion) {
        Action action = new Action.RestartTask(incident.service(), task);
        int attempt = incident.attempts() + 1;
        Incident claimed = incident.edit()
                .move(Transitions.Event.CLAIMED, new Acting(action, attempt, at.plus(Duration.ofSeconds(15))))
                .attempts(attempt)
                .tried(List.of(action))
                .actedAt(at)
                .done();
        ActionRecord record =
                new ActionRecord(incident.id(), attempt, incident.service(), Optional.of(task), action.kind(), at);
        return new Change(
                claimed,
                List.of(entry(incident, HistoryEntry.Event.ACT, Reason.SICK_TASK, at)),
                Optional.of(new Change.Claim(record, ledgerVersion)));
    }

    public static HistoryEntry entry(Incident incident, HistoryEntry.Event event, Reason reason, Instant at) {
        return new HistoryEntry(
                incident.id(),
                incident.service(),
                at,
                event,
                reason,
                "detail of " + reason,
                Optional.empty(),
                "test@1");
    }
}
