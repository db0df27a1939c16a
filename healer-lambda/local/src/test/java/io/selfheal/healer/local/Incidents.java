package io.selfheal.healer.local;

import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.Transitions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Builders of what is saved. */
final class Incidents {
    static final Instant T0 = Instant.parse("2026-01-02T03:04:05.678901Z");
    static final ServiceId ORDER = new ServiceId("selfheal", "order");

    private Incidents() {}

    static Incident open(String id, ServiceId service) {
        return Incident.open(new IncidentId(id), service, T0);
    }

    static Incident resolved(Incident from) {
        return from.edit()
                .move(Transitions.Event.HEALED, new IncidentState.Resolved(T0))
                .neverDue()
                .done();
    }

    static Change change(Incident incident) {
        return new Change(incident, List.of(entry(incident, "seen")), Optional.empty());
    }

    static Change claim(Incident incident, int attempt, long ledgerVersion) {
        ActionRecord record = new ActionRecord(
                incident.id(),
                attempt,
                incident.service(),
                Optional.of(new TaskId("arn:aws:ecs:us-east-1:000000000000:task/selfheal/0123")),
                ActionKind.RESTART_TASK,
                T0);
        return new Change(
                incident, List.of(entry(incident, "acts")), Optional.of(new Change.Claim(record, ledgerVersion)));
    }

    static HistoryEntry entry(Incident incident, String detail) {
        return new HistoryEntry(
                incident.id(),
                incident.service(),
                T0,
                HistoryEntry.Event.SIGNAL,
                Reason.ALERT_FIRING,
                detail,
                Optional.empty(),
                "demo@0123abcd");
    }
}
