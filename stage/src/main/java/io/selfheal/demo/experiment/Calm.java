package io.selfheal.demo.experiment;

import io.selfheal.demo.fault.PlannedRun;
import io.selfheal.demo.fleet.EcsFailed;
import io.selfheal.demo.load.Request;
import io.selfheal.demo.measure.Sample;
import io.selfheal.demo.process.Children;
import io.selfheal.demo.stage.Stage;
import io.selfheal.demo.stage.StageFailed;
import io.selfheal.demo.watch.AlertView;
import io.selfheal.demo.watch.HealerView;
import io.selfheal.demo.watch.Incident;
import io.selfheal.demo.watch.MetricsView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** The state in which a run may begin: fleet whole, users well for a while, nothing firing, nothing open, everything scraped. */
final class Calm {

    private static final Duration STEADY = Duration.ofSeconds(3);
    private static final Duration STEP = Duration.ofMillis(200);

    private final Stage stage;
    private final AlertView alerts;
    private final HealerView healer;
    private final MetricsView metrics;
    private final Watch watch;

    Calm(Stage stage, AlertView alerts, HealerView healer, MetricsView metrics, Watch watch) {
        this.stage = stage;
        this.alerts = alerts;
        this.healer = healer;
        this.metrics = metrics;
        this.watch = watch;
    }

    /** Waits; throws with what is not calm when it takes too long. */
    void await(Audience audience) {
        await(audience, _ -> Optional.empty());
    }

    /** The same, and until nothing would hold the healer back in that run which is no part of what is measured. */
    void await(Audience audience, PlannedRun plan) {
        await(audience, now -> resting(plan, now).or(() -> warmingUp(plan, now)));
    }

    private void await(Audience audience, Function<Instant, Optional<String>> more) {
        Instant from = stage.clock().instant();
        Instant calmSince = from;
        Children children = stage.children();
        Optional<String> trouble = trouble(more);
        while (trouble.isPresent() || notYet(calmSince.plus(STEADY))) {
            children.check();
            Instant now = stage.clock().instant();
            if (trouble.isPresent()) {
                calmSince = now;
            }
            audience.waits(now, "waiting for calm: " + trouble.orElse("all is well"));
            if (Duration.between(from, now).compareTo(watch.calm()) > 0) {
                throw new StageFailed("The stage did not become calm within "
                        + watch.calm().toMinutes() + " minutes: " + trouble.orElse("alerts come and go"));
            }
            LockSupport.parkNanos(STEP.toNanos());
            trouble = trouble(more);
        }
    }

    private boolean notYet(Instant at) {
        return at.isAfter(stage.clock().instant());
    }

    private Optional<String> trouble(Function<Instant, Optional<String>> more) {
        Instant now = stage.clock().instant();
        Instant horizon = now.minus(STEADY);
        List<Sample> samples = stage.prober().since(horizon);
        Optional<String> sick = samples.stream()
                .filter(sample -> !sample.well())
                .map(Sample::why)
                .findFirst();
        if (sick.isPresent() || samples.size() < 2) {
            return Optional.of(sick.orElse("the prober has not looked yet"));
        }
        Optional<String> failed = stage.loadLog().sentSince(horizon).stream()
                .filter(Request::failed)
                .map(request -> "users still fail: " + request.service() + ", " + request.failure())
                .findFirst();
        try {
            return failed.or(this::fleet)
                    .or(() -> alerts.firing().stream()
                            .findFirst()
                            .map(alert -> alert.name() + " still fires for " + alert.whom()))
                    .or(() -> openIncident(now))
                    .or(() -> more.apply(now))
                    .or(() -> metrics.missing(stage.fleet().running().size()));
        } catch (EcsFailed e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> fleet() {
        return stage.fleet().whole() ? Optional.empty() : Optional.of("tasks are missing");
    }

    private Optional<String> resting(PlannedRun plan, Instant now) {
        return stage.fleet().stopped().stream()
                .filter(task -> task.service().equals(plan.service()) && task.byRequest())
                .filter(task -> task.stoppingAt().plus(watch.rest()).isAfter(now))
                .map(task -> "resting after the action on " + task.service())
                .findFirst();
    }

    private Optional<String> warmingUp(PlannedRun plan, Instant now) {
        return stage.fleet().running(plan.service()).stream()
                .filter(task -> task.startedAt().plus(watch.warmUp()).isAfter(now))
                .map(task -> task.service() + " " + task.shortId() + " is warming up")
                .findFirst();
    }

    private Optional<String> openIncident(Instant now) {
        return healer.since(now).stream()
                .filter(incident -> !incident.resolved())
                .map((Incident incident) -> "an incident of " + incident.service() + " is still " + incident.state())
                .findFirst();
    }
}
