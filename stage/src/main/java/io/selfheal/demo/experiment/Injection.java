package io.selfheal.demo.experiment;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.Means;
import io.selfheal.demo.fleet.Fleet;
import io.selfheal.demo.fleet.Rollout;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.http.Http;
import io.selfheal.demo.http.Reply;
import io.selfheal.demo.load.Crowd;
import io.selfheal.demo.stage.Stage;
import io.selfheal.demo.stage.StageFailed;
import io.selfheal.demo.watch.HealerSwitch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One fault, brought about by its means, and taken back. */
final class Injection {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** Who calls the others. */
    private static final String CALLER = "order";

    private final Stage stage;
    private final Fault fault;
    private final String service;
    private final Optional<Task> task;
    private final Toggles toggles;
    private final Rollout rollout;
    private final Optional<StormProof> proof;
    private Optional<Crowd> crowd = Optional.empty();
    private Optional<String> goodRevision = Optional.empty();
    private boolean over;

    Injection(Stage stage, Fault fault, String service, Optional<Task> task) {
        this.stage = stage;
        this.fault = fault;
        this.service = service;
        this.task = task;
        this.toggles = new Toggles(stage);
        this.rollout = new Rollout(stage.ecs());
        this.proof = fault.kind() == Fault.Kind.STORM ? Optional.of(proof()) : Optional.empty();
    }

    private StormProof proof() {
        Duration spike = fault.means().stream()
                .filter(Means.Users.class::isInstance)
                .map(Means.Users.class::cast)
                .map(Means.Users::time)
                .findFirst()
                .orElse(Duration.ZERO);
        HealerSwitch healer = new HealerSwitch(Optional.ofNullable(stage.urls().get("healer")), stage.token());
        return new StormProof(stage, service, CALLER, spike, healer);
    }

    /** The moment just before it was asked for. */
    Instant begin() {
        Instant at = stage.clock().instant();
        proof.ifPresent(each -> each.begin(at));
        fault.means().forEach(this::begin);
        return at;
    }

    /** Does to tasks that joined since what was done to every task of the service, and tells what the stage does besides. */
    List<Beat> goOn(Sight sight) {
        if (!over) {
            everyTask()
                    .forEach(means ->
                            toggles.onNewcomers(stage.fleet().running(service), means.toggle(), means.parameters()));
        }
        return over ? List.of() : proof.map(each -> each.goOn(sight)).orElse(List.of());
    }

    /** Of a fault that has to be shown to be what it claims to be before the healer is let in. */
    Optional<StormProof> shown() {
        return proof;
    }

    /** Takes back what nobody healed. */
    void end() {
        over = true;
        fault.means().forEach(this::end);
        proof.ifPresent(StormProof::end);
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
            case Means.EveryCaller(String toggle, String parameters) ->
                toggles.on(stage.fleet().running(CALLER), toggle, parameters);
            case Means.Users(double factor, var time) -> {
                stage.load().times(factor);
                CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> stage.load().times(1));
            }
            case Means.Crowd(int people, var think) -> {
                Crowd come = stage.crowd(service);
                come.come(people, think);
                crowd = Optional.of(come);
            }
            case Means.Deployment() -> rollout.again(service, Map.of());
            case Means.BadDeployment(String toggle) -> {
                goodRevision = Optional.of(rollout.running(service));
                rollout.again(service, Map.of("FAULTS_AT_START", toggle));
            }
            case Means.Alarm(String name, var time) -> task.ifPresent(each -> alarm(name, each, time));
        }
    }

    private void end(Means means) {
        switch (means) {
            case Means.OneTask(String toggle, var _) ->
                toggles.off(task.stream().toList(), toggle);
            case Means.EveryTask(String toggle, var _) ->
                toggles.off(stage.fleet().running(service), toggle);
            case Means.EveryCaller(String toggle, var _) ->
                toggles.off(stage.fleet().running(CALLER), toggle);
            case Means.Users _ -> stage.load().times(1);
            case Means.Crowd _ -> crowd.ifPresent(Crowd::leave);
            case Means.BadDeployment _ ->
                goodRevision
                        .filter(good -> !good.equals(rollout.running(service)))
                        .ifPresent(good -> rollout.run(service, good));
            case Means.Deployment _, Means.Alarm _ -> {
                // Nothing of it is left, or ends by itself.
            }
        }
    }

    /** As Prometheus sends it, with an end already: Alertmanager resolves it by itself. */
    private void alarm(String name, Task on, Duration time) {
        Instant now = stage.clock().instant();
        String alert = """
                [{"labels":{"alertname":"%s","cluster":"%s","service_name":"%s","task_arn":"%s","severity":"page","heal":"auto"},
                "annotations":{"summary":"raised by the stage"},"startsAt":"%s","endsAt":"%s"}]""".formatted(name, Fleet.CLUSTER, on.service(), on.arn(), now, now.plus(time));
        URI alertmanager = stage.urls().get("alertmanager");
        if (alertmanager == null) {
            throw new StageFailed("The alert " + name + " could not be raised: there is no Alertmanager");
        }
        Reply reply = Http.send("POST", alertmanager.resolve("/api/v2/alerts"), Map.of(), alert, TIMEOUT);
        if (!reply.ok()) {
            throw new StageFailed("The alert " + name + " could not be raised: " + reply);
        }
    }

    private List<Means.EveryTask> everyTask() {
        return fault.means().stream()
                .filter(Means.EveryTask.class::isInstance)
                .map(Means.EveryTask.class::cast)
                .toList();
    }
}
