package io.selfheal.demo.experiment;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.PlannedRun;
import io.selfheal.demo.fleet.StoppedTask;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.measure.RunResult;
import io.selfheal.demo.stage.Stage;
import io.selfheal.demo.stage.StageFailed;
import io.selfheal.demo.watch.AlertView;
import io.selfheal.demo.watch.HealerView;
import io.selfheal.demo.watch.MetricsView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
    private final Set<String> told = new HashSet<>();

    public Experiment(Stage stage, Audience audience) {
        this.stage = stage;
        this.audience = audience;
        this.watch = Watch.of(stage.options().profile(), stage.options().setting());
        this.healerOn = stage.options().healerOn();
        var urls = stage.urls();
        this.alerts = new AlertView(Optional.ofNullable(urls.get("alertmanager")));
        this.healer = new HealerView(Optional.ofNullable(urls.get("healer")), stage.token());
        this.calm =
                new Calm(stage, alerts, healer, new MetricsView(Optional.ofNullable(urls.get("prometheus"))), watch);
    }

    /** Waits until the stage is calm. */
    public void awaitCalm() {
        calm.await(audience);
    }

    /** One run, from calm to judgement. */
    public RunResult run(PlannedRun plan) {
        calm.await(audience, plan);
        Fault fault = plan.fault();
        Optional<Task> task = fault.ofOneTask() ? Optional.of(pick(plan)) : Optional.empty();
        List<String> between = betweenRuns(stage.fleet().stopped());
        Lookout lookout = new Lookout(stage, audience, alerts, healer);
        Injection injection = new Injection(stage, fault, plan.service(), task);
        Instant injectedAt = injection.begin();
        audience.opens(plan, task.map(Task::arn), injectedAt);
        Sight last = watch(injection, lookout, injectedAt, new Finish(fault, healerOn, watch));
        last.stopped().forEach(each -> told.add(each.arn()));
        RunResult result = new Judgement(watch.stable(), healerOn).of(plan, task, last, between, injection.shown());
        injection.end();
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

    /** To the end of what there is to see; what no healing can take away is ended by the stage, and watched further. */
    private Sight watch(Injection injection, Lookout lookout, Instant injectedAt, Finish finish) {
        Chronicle chronicle = new Chronicle(watch.stable());
        Sight sight = watch(
                injection,
                chronicle,
                () -> lookout.look(injectedAt),
                seen -> finish.reached(seen) || refuted(injection));
        if (!finish.endsFirst(sight)) {
            return sight;
        }
        injection.end();
        Instant endedAt = stage.clock().instant();
        audience.sees(new Beat(endedAt, Beat.Kind.FAULT, "ended by the stage"));
        Predicate<Sight> late = seen -> !seen.now().isBefore(endedAt.plus(watch.limit(finish.fault())));
        return watch(injection, chronicle, () -> lookout.look(injectedAt), late.or(finish::cleared));
    }

    private Sight watch(Injection injection, Chronicle chronicle, Supplier<Sight> look, Predicate<Sight> over) {
        Sight sight = look.get();
        while (!over.test(sight)) {
            stage.children().check();
            injection.goOn(sight).forEach(audience::sees);
            chronicle.news(sight).forEach(audience::sees);
            audience.waits(sight.now(), standing(sight));
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            sight = look.get();
        }
        chronicle.news(sight).forEach(audience::sees);
        return sight;
    }

    private static boolean refuted(Injection injection) {
        return injection.shown().filter(StormProof::refuted).isPresent();
    }

    private static String standing(Sight sight) {
        String sick = sight.samples().isEmpty() || sight.samples().getLast().well()
                ? "well"
                : sight.samples().getLast().why();
        return "%d requests, %d failed; %s"
                .formatted(sight.requests().size(), sight.failed().size(), sick);
    }
}
