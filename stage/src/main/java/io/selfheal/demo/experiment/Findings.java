package io.selfheal.demo.experiment;

import io.selfheal.demo.fleet.StoppedTask;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.measure.Action;
import io.selfheal.demo.measure.Moments;
import io.selfheal.demo.watch.FiringAlert;
import io.selfheal.demo.watch.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a run's last sight says about actions and moments. */
final class Findings {

    private Findings() {}

    /** Every action by the healer's own account, and every stop on request that ECS saw and the healer does not tell of. */
    static List<Action> actions(Sight sight) {
        List<Action> actions = new ArrayList<>();
        for (Incident incident : sight.incidents()) {
            incident.timeline().stream()
                    .filter(entry -> entry.event().equals("ACT"))
                    .map(entry -> new Action(entry.actionKind(), target(incident, entry), result(incident, entry)))
                    .forEach(actions::add);
        }
        sight.stopped().stream()
                .filter(StoppedTask::byRequest)
                .map(StoppedTask::arn)
                .filter(arn ->
                        actions.stream().noneMatch(action -> action.target().equals(arn)))
                .map(arn -> new Action("stop-task", arn, "seen by ECS only"))
                .forEach(actions::add);
        return actions;
    }

    /**
     * How many tasks of the service served well at the least, from the healer's decision on; two looks in a row, since one late answer on
     * a busy machine is no dip. Where nobody acted, as many as ever.
     */
    static int fewestServing(Sight sight, String service) {
        List<Integer> serving = sight.samples().stream()
                .filter(sample -> sight.actedAt()
                        .filter(acted -> !sample.at().isBefore(acted))
                        .isPresent())
                .filter(sample -> !sample.serving().isEmpty())
                .map(sample -> sample.serving().getOrDefault(service, 0))
                .toList();
        return IntStream.range(1, serving.size())
                .map(i -> Math.max(serving.get(i - 1), serving.get(i)))
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /** The moments of a run; of several incidents the one that acted, else the first. */
    static Moments moments(Sight sight, Instant injectedAt, Optional<Task> task, Optional<Instant> healedAt) {
        Optional<Incident> incident = sight.incidents().stream()
                .filter(each -> each.first("ACT").isPresent())
                .findFirst()
                .or(() -> sight.incidents().stream().findFirst());
        Optional<Instant> known = incident.map(each -> each.detectedAt().orElse(each.openedAt()));
        Optional<Instant> alert = incident.flatMap(each -> alerted(each, injectedAt));
        Optional<Instant> firing = firstAlert(sight, task);
        return new Moments(
                injectedAt,
                alert.filter(at -> known.filter(at::isAfter).isEmpty()),
                known.or(() -> firing),
                incident.flatMap(each -> each.first("ACT")),
                incident.flatMap(each -> each.first("ACTED")),
                healedAt,
                incident.flatMap(each -> each.first("RESOLVE")));
    }

    private static Optional<Instant> alerted(Incident incident, Instant injectedAt) {
        return incident.alerts().stream()
                .filter(alert -> alert.source().equalsIgnoreCase("alertmanager"))
                .flatMap(alert -> alert.startsAt().stream())
                .filter(at -> !at.isBefore(injectedAt))
                .min(Instant::compareTo);
    }

    private static Optional<Instant> firstAlert(Sight sight, Optional<Task> task) {
        return sight.alerts().stream()
                .filter(alert ->
                        task.filter(each -> each.arn().equals(alert.task())).isPresent())
                .map(FiringAlert::startsAt)
                .min(Instant::compareTo);
    }

    private static String target(Incident incident, Incident.Entry entry) {
        return entry.actionTask().isEmpty() ? incident.service() : entry.actionTask();
    }

    private static String result(Incident incident, Incident.Entry act) {
        return incident.timeline().stream()
                .filter(entry -> !entry.at().isBefore(act.at()))
                .map(Incident.Entry::event)
                .flatMap(event -> switch (event) {
                    case "ACTED" -> Stream.of("done");
                    case "FAILED" -> Stream.of("failed");
                    default -> Stream.<String>empty();
                })
                .findFirst()
                .orElse("claimed");
    }
}
