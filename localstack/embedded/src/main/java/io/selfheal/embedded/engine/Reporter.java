package io.selfheal.embedded.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.event.Events;
import io.selfheal.embedded.state.Deployment;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.view.TaskView;
import io.selfheal.embedded.wire.Json;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the services' event logs and sends the events, worded as on AWS. */
final class Reporter {
    private static final Logger LOG = System.getLogger(Reporter.class.getName());

    private final Events events;
    private final Ids ids;
    private final InstantSource clock;

    Reporter(Events events, Ids ids, InstantSource clock) {
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    void task(Task task) {
        ObjectNode detail = TaskView.of(task, false);
        detail.put("updatedAt", Json.seconds(clock.instant()));
        events.send("ECS Task State Change", task.arn(), detail, clock.instant());
    }

    /** @param what for example {@code has started %d tasks} */
    void tasks(Service service, String what, List<Task> tasks, Instant now) {
        if (tasks.isEmpty()) {
            return;
        }
        String names = tasks.stream().map(t -> "(task " + t.id() + ")").collect(Collectors.joining(" "));
        log(service, what.formatted(tasks.size()) + ": " + names + ".", now);
    }

    void unhealthy(Service service, Task task) {
        log(service, "(task " + task.id() + ") failed container health checks.", clock.instant());
    }

    void steady(Service service) {
        log(service, "has reached a steady state.", clock.instant());
        action(service, "INFO", "SERVICE_STEADY_STATE");
    }

    void startImpaired(Service service) {
        log(service, "is unable to consistently start tasks successfully.", clock.instant());
        action(service, "WARN", "SERVICE_TASK_START_IMPAIRED");
    }

    void deploymentInProgress(Service service) {
        deployment(service, "INFO", "SERVICE_DEPLOYMENT_IN_PROGRESS");
    }

    void deploymentCompleted(Service service) {
        log(service, "(deployment " + service.primary().id() + ") deployment completed.", clock.instant());
        deployment(service, "INFO", "SERVICE_DEPLOYMENT_COMPLETED");
    }

    void deploymentFailed(Service service) {
        log(
                service,
                "(deployment " + service.primary().id() + ") deployment failed: tasks failed to start.",
                clock.instant());
        deployment(service, "ERROR", "SERVICE_DEPLOYMENT_FAILED");
    }

    private void action(Service service, String type, String name) {
        ObjectNode detail = Json.object()
                .put("eventType", type)
                .put("eventName", name)
                .put("clusterArn", service.cluster().arn())
                .put("createdAt", Json.seconds(clock.instant()));
        events.send("ECS Service Action", service.arn(), detail, clock.instant());
    }

    private void deployment(Service service, String type, String name) {
        Deployment deployment = service.primary();
        ObjectNode detail = Json.object()
                .put("eventType", type)
                .put("eventName", name)
                .put("deploymentId", deployment.id())
                .put("updatedAt", Json.seconds(deployment.updatedAt()))
                .put("reason", deployment.reason());
        events.send("ECS Deployment State Change", service.arn(), detail, clock.instant());
    }

    private void log(Service service, String message, Instant now) {
        String line = "(service " + service.name() + ") " + message;
        service.event(ids.uuid(), now, line);
        LOG.log(Level.INFO, line);
    }
}
