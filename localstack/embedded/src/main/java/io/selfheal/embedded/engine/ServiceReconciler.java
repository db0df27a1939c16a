package io.selfheal.embedded.engine;

import io.selfheal.embedded.schedule.DeploymentSnapshot;
import io.selfheal.embedded.schedule.DeploymentSnapshot.Rollout;
import io.selfheal.embedded.schedule.Plan;
import io.selfheal.embedded.schedule.Plan.Stop;
import io.selfheal.embedded.schedule.Scheduler;
import io.selfheal.embedded.schedule.ServiceSnapshot;
import io.selfheal.embedded.schedule.Verdict;
import io.selfheal.embedded.state.Deployment;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.StopCode;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.state.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks the scheduler about one service and does what it says. */
final class ServiceReconciler {
    private final TaskRunner runner;
    private final TaskFactory tasks;
    private final Reporter reporter;
    private final Settings settings;
    private final InstantSource clock;
    private final Retreat retreat;

    ServiceReconciler(TaskRunner runner, TaskFactory tasks, Reporter reporter, Settings settings, InstantSource clock) {
        this.runner = runner;
        this.tasks = tasks;
        this.reporter = reporter;
        this.settings = settings;
        this.clock = clock;
        this.retreat = new Retreat(reporter);
    }

    /** When to look again although nothing has happened. */
    Optional<Instant> reconcile(Service service) {
        if (service.status() == Service.Status.INACTIVE) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        retreat.asRequested(service, now);
        ReadinessRule rule = new ReadinessRule(settings.settle(), now);
        List<Task> all = service.cluster().tasksOf(service);
        all.stream().filter(t -> rule.settled(t) && !t.everHealthy()).forEach(this::healthy);
        Deployment judged = service.primary();
        judge(service, snapshot(service, rule), now);
        if (service.primary() != judged) {
            // Rolled back. Nothing else may ever happen, so what is primary now must be judged here.
            judge(service, snapshot(service, rule), now);
        }
        Plan plan = Scheduler.plan(snapshot(service, rule), now);
        stop(service, plan.stops(), now);
        start(service, plan.starts(), now);
        tidy(service);
        return Stream.concat(plan.wakeAt().stream(), all.stream().flatMap(t -> rule.changesAt(t).stream()))
                .min(Instant::compareTo);
    }

    /** The task has proven itself: its deployment's count of failures starts anew. */
    void healthy(Task task) {
        task.markHealthy();
        task.origin().deployment().ifPresent(Deployment::succeeded);
    }

    /** The task ended by itself, could not start, or never turned healthy. */
    void failed(Task task) {
        if (task.everHealthy()) {
            return;
        }
        task.origin().deployment().ifPresent(d -> {
            d.failed(clock.instant().plus(settings.backoff().after(d.failures() + 1)));
            if (d.failures() == Verdict.threshold(1)) {
                reporter.startImpaired(d.service());
            }
        });
    }

    private ServiceSnapshot snapshot(Service service, ReadinessRule rule) {
        Deployment primary = service.primary();
        List<Task> all = service.cluster().tasksOf(service);
        return new ServiceSnapshot(
                service.desired(),
                service.limits(),
                service.breaker(),
                new DeploymentSnapshot(primary.id(), primary.rollout(), primary.failures(), primary.notBefore()),
                all.stream().filter(Task::wanted).map(rule::snapshot).toList(),
                (int) all.stream().filter(t -> !t.wanted() && !t.stopped()).count());
    }

    private void judge(Service service, ServiceSnapshot snapshot, Instant now) {
        switch (Verdict.of(snapshot)) {
            case WORKING -> service.steady(false);
            case STEADY -> {
                if (service.primary().rollout() == Rollout.IN_PROGRESS) {
                    service.completed("ECS deployment " + service.primary().id() + " completed.", now);
                    reporter.deploymentCompleted(service);
                }
                if (!service.steady()) {
                    service.steady(true);
                    reporter.steady(service);
                }
            }
            case FAILED -> {
                if (service.primary().rollout() == Rollout.IN_PROGRESS) {
                    retreat.failed(service, now);
                }
            }
        }
    }

    private void stop(Service service, List<Stop> stops, Instant now) {
        List<Task> stopped = new ArrayList<>();
        for (Stop stop : stops) {
            Task task = service.cluster().task(stop.task()).orElseThrow();
            String deployment = service.primary().id();
            switch (stop.cause()) {
                case UNHEALTHY -> {
                    reporter.unhealthy(service, task);
                    failed(task);
                    runner.stop(task, StopCode.SERVICE_SCHEDULER_INITIATED, "Task failed container health checks");
                }
                case SUPERSEDED, SCALED_IN ->
                    runner.stop(
                            task,
                            StopCode.SERVICE_SCHEDULER_INITIATED,
                            "Scaling activity initiated by (deployment " + deployment + ")");
            }
            stopped.add(task);
        }
        reporter.tasks(service, "has stopped %d running tasks", stopped, now);
    }

    private void start(Service service, int count, Instant now) {
        List<Task> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Task task = tasks.forService(service);
            started.add(task);
            runner.launch(task);
        }
        reporter.tasks(service, "has started %d tasks", started, now);
    }

    private void tidy(Service service) {
        List<Task> all = service.cluster().tasksOf(service);
        service.forget(service.deployments().stream()
                .filter(d -> all.stream()
                        .filter(t -> t.origin().deployment().equals(Optional.of(d)))
                        .noneMatch(Task::wanted))
                .toList());
        boolean drained = all.stream().allMatch(t -> t.status().compareTo(TaskStatus.STOPPING) >= 0);
        if (service.status() == Service.Status.DRAINING && drained) {
            service.status(Service.Status.INACTIVE);
        }
    }
}
