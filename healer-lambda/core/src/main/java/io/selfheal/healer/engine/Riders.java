package io.selfheal.healer.engine;

import io.selfheal.healer.decide.Situation;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Fold;
import io.selfheal.healer.incident.Fold.Folded;
import io.selfheal.healer.incident.Fold.News;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * News that no decision depends on: not worth a write of their own, they ride along with the next one. So a restart does
 * not pay for each of the alarms that it raises about itself. A crash loses them, which changes nothing.
 */
final class Riders {
    private static final int MAX = 20;

    private record Waiting(IncidentId incident, List<News> news) {}

    private final Map<ServiceId, Waiting> waiting = new ConcurrentHashMap<>();

    /** The incident with what rides along in it, and that as news. */
    Folded mount(Incident incident) {
        Incident mounted = incident;
        List<News> news = new ArrayList<>();
        for (News rider : of(incident)) {
            Folded folded = Fold.signals(mounted, List.of(rider.signal()), rider.receivedAt());
            mounted = folded.incident();
            news.addAll(folded.news());
        }
        return new Folded(mounted, news);
    }

    private List<News> of(Incident incident) {
        return Optional.ofNullable(waiting.get(incident.service()))
                .filter(there -> there.incident().equals(incident.id()))
                .map(Waiting::news)
                .orElse(List.of());
    }

    void add(Incident incident, List<News> news) {
        List<News> all = new ArrayList<>(of(incident));
        all.addAll(news);
        waiting.put(
                incident.service(), new Waiting(incident.id(), List.copyOf(all.subList(0, Math.min(MAX, all.size())))));
    }

    void clear(ServiceId service) {
        waiting.remove(service);
    }

    /** Whether the action that alerts rode along with has ended: decisions now depend on what only memory knows. */
    static boolean stranded(List<News> riding, Incident incident) {
        return action(incident).isEmpty() && riding.stream().anyMatch(news -> news.signal() instanceof Signal.Firing);
    }

    /** Whether every decision would be the same without it, now and after a restart. */
    static boolean rides(News news, Incident before, Situation situation) {
        return switch (news.signal()) {
            case Signal.FleetEvent _ -> true;
            case Signal.Firing(Alert alert) ->
                action(before).filter(action -> rides(alert, action, before)).isPresent();
            // The probe itself is asked at each decision.
            case Signal.Resolved(Alert alert, Instant _) ->
                alert.source() == SignalSource.PROBE || isAboutVictimGone(alert, before, situation);
        };
    }

    private static Optional<Action> action(Incident incident) {
        return switch (incident.state()) {
            case IncidentState.Acting acting -> Optional.of(acting.action());
            case IncidentState.Verifying verifying -> Optional.of(verifying.action());
            case IncidentState.Open _, IncidentState.Settling _, IncidentState.Resolved _, IncidentState.Escalated _ ->
                Optional.empty();
        };
    }

    private static boolean rides(Alert alert, Action action, Incident before) {
        if (action.victim().isEmpty()) {
            return alert.source() == SignalSource.PROBE;
        }
        // One alert that says so is enough to know that the task is sick.
        return alert.task().equals(action.victim())
                && before.alerts().stream()
                        .filter(known -> known.firing() && !known.alert().sameAs(alert))
                        .anyMatch(known -> known.alert().task().equals(alert.task()));
    }

    private static boolean isAboutVictimGone(Alert alert, Incident before, Situation situation) {
        Optional<TaskId> victim = action(before).flatMap(Action::victim);
        return victim.isPresent()
                && alert.task().equals(victim)
                && situation.service() instanceof Fact.Known<ServiceState>(ServiceState state, Instant _)
                && state.task(victim.get()).filter(Task::running).isEmpty();
    }
}
