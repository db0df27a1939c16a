package io.selfheal.demo.experiment;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.PlannedRun;
import io.selfheal.demo.fleet.EcsFailed;
import io.selfheal.demo.fleet.StoppedTask;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.measure.Action;
import io.selfheal.demo.measure.Moments;
import io.selfheal.demo.measure.RunResult;
import io.selfheal.demo.measure.Verdict;
import io.selfheal.demo.stage.Stage;
import io.selfheal.demo.stage.StageFailed;
import io.selfheal.demo.watch.AlertView;
import io.selfheal.demo.watch.HealerView;
import io.selfheal.demo.watch.Incident;
import io.selfheal.demo.watch.MetricsView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Runs one fault from calm to judgement. */
public final class Experiment {

    private static final Duration LOOK_EVERY = Duration.ofMillis(150);

    private final Stage stage;
    private final Audience audience;
    private final Watch watch;
    private final boolean healerOn;
    private final AlertView alerts;
    private final HealerView healer;
    private final Calm calm;
    private final Injection injection;
    private final Set<String> told = new HashSet<>();

    public Experiment(Stage stage, Audience audience) {
        this.stage = stage;
        this.audience = audience;
        this.watch = Watch.of(stage.options().profile());
        this.healerOn = stage.options().healerOn();
        var urls = stage.urls();
        this.alerts = new AlertView(Optional.ofNullable(urls.get("alertmanager")));
        this.healer = new HealerView(Optional.ofNullable(urls.get("healer")), stage.token());
        this.calm =
                new Calm(stage, alerts, healer, new MetricsView(Optional.ofNullable(urls.get("prometheus"))), watch);
        this.injection = new Injection(stage);
    }

    /** Waits until the stage is calm. */
    public void awaitCalm() {
        calm.await(audience);
    }

    /** One run, from calm to judgement. */
    public RunResult run(PlannedRun plan) {
        calm.await(audience, plan);
        Fault fault = plan.fault();
        Optional<Task> task = fault.toggle().isPresent() ? Optional.of(pick(plan)) : Optional.empty();
        List<StoppedTask> earlier = stage.fleet().stopped();
        Set<String> stoppedBefore = earlier.stream().map(StoppedTask::arn).collect(Collectors.toSet());
        List<String> between = betweenRuns(earlier);
        Instant injectedAt = injection.inject(fault, task);
        audience.opens(plan, task.map(Task::arn), injectedAt);
        Sight last = watch(fault, injectedAt, stoppedBefore);
        last.stopped().forEach(each -> told.add(each.arn()));
        RunResult result = judge(plan, task, injectedAt, last, between);
        if (fault.kind() == Fault.Kind.GRAY && task.isPresent()) {
            injection.clear(fault, task.get());
        }
        audience.closes(result);
        return result;
    }

    /** Actions since the last run: nothing was broken then. */
    private List<String> betweenRuns(List<StoppedTask> earlier) {
        return earlier.stream()
                .filter(each -> each.byRequest() && told.add(each.arn()))
                .map(each -> "before this run, with nothing broken, " + each.service() + " " + Task.shortId(each.arn())
                        + " was stopped on request")
                .toList();
    }

    private Task pick(PlannedRun plan) {
        List<Task> tasks = stage.fleet().running(plan.service());
        if (tasks.isEmpty()) {
            throw new StageFailed("The service " + plan.service() + " has no running task to break.");
        }
        return tasks.get(plan.taskIndex() % tasks.size());
    }

    private Sight watch(Fault fault, Instant injectedAt, Set<String> stoppedBefore) {
        Chronicle chronicle = new Chronicle(watch.stable());
        Sight sight = look(injectedAt, stoppedBefore);
        while (!over(fault, injectedAt, sight)) {
            stage.children().check();
            chronicle.news(sight).forEach(audience::sees);
            audience.waits(sight.now(), standing(sight));
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            sight = look(injectedAt, stoppedBefore);
        }
        chronicle.news(sight).forEach(audience::sees);
        return sight;
    }

    private Sight look(Instant injectedAt, Set<String> stoppedBefore) {
        List<StoppedTask> stopped = new ArrayList<>();
        try {
            stage.fleet().stopped().stream()
                    .filter(task -> !stoppedBefore.contains(task.arn()))
                    .forEach(stopped::add);
        } catch (EcsFailed e) {
            // Seen again at the next look; if ECS is gone for good, the registry of children says so.
            audience.waits(stage.clock().instant(), String.valueOf(e.getMessage()));
        }
        return new Sight(
                injectedAt,
                stage.clock().instant(),
                stage.prober().since(injectedAt),
                stage.loadLog().sentSince(injectedAt),
                // A task that is long gone still fires, until its last samples leave the rules' windows.
                alerts.firing().stream()
                        .filter(alert -> !stoppedBefore.contains(alert.task()))
                        .toList(),
                healer.since(injectedAt),
                stopped);
    }

    private boolean over(Fault fault, Instant injectedAt, Sight sight) {
        Duration watched = Duration.between(injectedAt, sight.now());
        boolean incidentsClosed = sight.incidents().stream().allMatch(Incident::closed);
        boolean longEnough = watched.compareTo(watch.atLeast(fault, healerOn)) >= 0;
        boolean nothingToHeal = fault.kind() == Fault.Kind.CONTROL || (fault.kind() == Fault.Kind.GRAY && !healerOn);
        boolean settled = sight.healedAt(watch.stable())
                .filter(at -> !sight.now().isBefore(at.plus(watch.stable()).plus(Watch.ANSWERS_IN)))
                .isPresent();
        return watched.compareTo(watch.limit()) >= 0 || (longEnough && incidentsClosed && (nothingToHeal || settled));
    }

    private RunResult judge(
            PlannedRun plan, Optional<Task> task, Instant injectedAt, Sight sight, List<String> between) {
        Fault fault = plan.fault();
        List<Action> actions = Findings.actions(sight);
        Optional<Instant> healedAt = sight.healedAt(watch.stable());
        boolean well = healedAt.isPresent() || sight.symptom().isEmpty();
        boolean escalated = sight.incidents().stream().anyMatch(Incident::escalated);
        Optional<String> target = fault.kind() == Fault.Kind.CONTROL ? Optional.empty() : task.map(Task::arn);
        Verdict ofThisRun =
                Verdict.of(new Verdict.Seen(fault, target, sight.symptom().isPresent(), well, actions, escalated));
        Verdict verdict = between.isEmpty() ? ofThisRun : ofThisRun.withFalseRestart();
        // A control breaks nothing that could heal; a blip in it is told as it is seen, and no repair time.
        Optional<Instant> repairedAt = fault.kind() == Fault.Kind.CONTROL ? Optional.empty() : healedAt;
        Moments moments = Findings.moments(sight, injectedAt, task, repairedAt);
        return new RunResult(
                plan,
                task.map(Task::arn),
                healerOn,
                verdict,
                moments,
                actions,
                sight.requests().size(),
                sight.failed().size(),
                remarks(sight, healedAt, between));
    }

    private static List<String> remarks(Sight sight, Optional<Instant> healedAt, List<String> between) {
        long relapses = healedAt.map(at -> sight.samples().stream()
                        .filter(sample -> sample.at().isAfter(at) && !sample.well())
                        .count())
                .orElse(0L);
        List<String> remarks = new ArrayList<>(between);
        if (relapses > 0) {
            remarks.add(relapses + " bad samples after users were well again");
        }
        return remarks;
    }

    private String standing(Sight sight) {
        String sick = sight.samples().isEmpty() || sight.samples().getLast().well()
                ? "well"
                : sight.samples().getLast().why();
        return "%d requests, %d failed; %s"
                .formatted(sight.requests().size(), sight.failed().size(), sick);
    }
}
