package io.selfheal.demo.experiment;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.Means;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.stage.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One fault, brought about by its means, and taken back. */
final class Injection {

    private final Stage stage;
    private final Fault fault;
    private final String service;
    private final Optional<Task> task;
    private final Toggles toggles;
    private boolean over;

    Injection(Stage stage, Fault fault, String service, Optional<Task> task) {
        this.stage = stage;
        this.fault = fault;
        this.service = service;
        this.task = task;
        this.toggles = new Toggles(stage);
    }

    /** The moment just before it was asked for. */
    Instant begin() {
        Instant at = stage.clock().instant();
        fault.means().forEach(this::begin);
        return at;
    }

    /** Does to tasks that joined since what was done to every task of the service. */
    void goOn() {
        if (!over) {
            everyTask()
                    .forEach(means -> toggles.on(stage.fleet().running(service), means.toggle(), means.parameters()));
        }
    }

    /** Takes back what nobody healed. */
    void end() {
        over = true;
        fault.means().forEach(this::end);
    }

    private void begin(Means means) {
        switch (means) {
            case Means.OneTask(String toggle, String parameters) -> {
                if (fault.kind() == Fault.Kind.CRASH) {
                    task.ifPresent(each -> toggles.last(each, toggle, parameters));
                } else {
                    toggles.on(task.stream().toList(), toggle, parameters);
                }
            }
            case Means.EveryTask(String toggle, String parameters) ->
                toggles.on(stage.fleet().running(service), toggle, parameters);
            case Means.Users(double factor, var time) -> {
                stage.load().times(factor);
                CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> stage.load().times(1));
            }
        }
    }

    private void end(Means means) {
        switch (means) {
            case Means.OneTask(String toggle, var _) ->
                toggles.off(task.stream().toList(), toggle);
            case Means.EveryTask(String toggle, var _) ->
                toggles.off(stage.fleet().running(service), toggle);
            case Means.Users _ -> stage.load().times(1);
        }
    }

    private List<Means.EveryTask> everyTask() {
        return fault.means().stream()
                .filter(Means.EveryTask.class::isInstance)
                .map(Means.EveryTask.class::cast)
                .toList();
    }
}
