package io.selfheal.healer.server.console;

import io.selfheal.healer.approval.Ticket;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Asked;
import io.selfheal.healer.incident.Held;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.TrackedAlert;
import io.selfheal.healer.server.console.NowView.AskedNow;
import io.selfheal.healer.server.console.NowView.IncidentNow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An open incident in short: what is being done about it, or why nothing is. */
final class IncidentsNow {
    private static final int MOST_ALERTS = 5;

    private IncidentsNow() {}

    static IncidentNow of(Incident incident) {
        Optional<Action> action = current(incident.state());
        return new IncidentNow(
                incident.id().value(),
                incident.service().toString(),
                incident.state().phase().name(),
                incident.detectedAt(),
                incident.attempts(),
                action.map(one -> one.kind().word()).orElse(null),
                action.map(IncidentsNow::task).orElse(null),
                incident.held().map(held -> held.reason().name()).orElse(null),
                incident.held().map(Held::since).orElse(null),
                incident.alerts().stream()
                        .filter(TrackedAlert::firing)
                        .map(alert -> alert.alert().name())
                        .distinct()
                        .limit(MOST_ALERTS)
                        .toList(),
                incident.asked().map(asked -> asked(incident, asked)).orElse(null));
    }

    private static AskedNow asked(Incident incident, Asked asked) {
        Ticket ticket = Ticket.of(incident.id(), asked);
        return new AskedNow(
                asked.action().kind().word(),
                task(asked.action()),
                asked.attempt(),
                ticket.action(),
                asked.at(),
                asked.expiresAt(),
                asked.grantedAt().orElse(null));
    }

    private static @Nullable String task(Action action) {
        return action.victim().map(TaskId::arn).orElse(null);
    }

    private static Optional<Action> current(IncidentState state) {
        return switch (state) {
            case IncidentState.Acting acting -> Optional.of(acting.action());
            case IncidentState.Verifying verifying -> Optional.of(verifying.action());
            case IncidentState.Open _, IncidentState.Settling _, IncidentState.Resolved _, IncidentState.Escalated _ ->
                Optional.empty();
        };
    }
}
