package io.selfheal.embedded.engine;

import io.selfheal.embedded.state.Cluster;
import io.selfheal.embedded.state.Deployment;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.state.Task.Origin;
import io.selfheal.embedded.state.TaskDefinition;
import io.selfheal.embedded.state.World;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import java.time.InstantSource;
import java.util.Optional;

/** Makes tasks and puts them into their cluster. */
final class TaskFactory {
    private final World world;
    private final Ids ids;
    private final InstantSource clock;

    TaskFactory(World world, Ids ids, InstantSource clock) {
        this.world = world;
        this.ids = ids;
        this.clock = clock;
    }

    Task forService(Service service) {
        Deployment deployment = service.primary();
        Origin origin = new Origin(
                service.cluster(),
                Optional.of(deployment),
                "service:" + service.name(),
                Optional.of(deployment.id()),
                service.settings().path("launchType").asText("EC2"));
        Task task = make(origin, deployment.definition(), new Fields(Json.object()));
        if (service.settings().path("propagateTags").asText("").equals("SERVICE")) {
            task.tags().putAll(service.tags());
        } else if (service.settings().path("propagateTags").asText("").equals("TASK_DEFINITION")) {
            task.tags().putAll(deployment.definition().tags());
        }
        return task;
    }

    Task forRequest(Cluster cluster, TaskDefinition definition, Fields request) {
        Origin origin = new Origin(
                cluster,
                Optional.empty(),
                request.text("group").orElse("family:" + definition.family()),
                request.text("startedBy"),
                request.text("launchType").orElse("EC2"));
        Task task = make(origin, definition, request.object("overrides").orElse(new Fields(Json.object())));
        task.tags().putAll(request.pairs("tags", "key", "value"));
        return task;
    }

    private Task make(Origin origin, TaskDefinition definition, Fields overrides) {
        Task task = new Task(world.arns(), ids.task(), origin, definition, overrides, clock.instant());
        origin.cluster().add(task);
        return task;
    }
}
