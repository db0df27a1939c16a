package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.state.Container;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.wire.Json;
import java.util.Optional;

/** The task metadata endpoint v4: what a container reads at ECS_CONTAINER_METADATA_URI_V4 and below it at /task. */
final class Metadata {
    private final Engine engine;

    Metadata(Engine engine) {
        this.engine = engine;
    }

    /** @param path {@code /v4/<task>/<container>[/task]} */
    Optional<ObjectNode> find(String path) {
        String[] parts = path.split("/", -1);
        if (parts.length < 4 || parts.length > 5 || (parts.length == 5 && !parts[4].equals("task"))) {
            return Optional.empty();
        }
        return engine.call(() -> engine.world().task(parts[2]).flatMap(task -> task.containers().stream()
                .filter(c -> c.definition().name().equals(parts[3]))
                .findFirst()
                .map(c -> parts.length == 5 ? task(task) : container(task, c))));
    }

    private static ObjectNode task(Task task) {
        ObjectNode node = Json.object();
        node.put("Cluster", task.origin().cluster().arn());
        node.put("TaskARN", task.arn());
        node.put("Family", task.definition().family());
        node.put("Revision", Integer.toString(task.definition().revision()));
        node.put("DesiredStatus", task.wanted() ? "RUNNING" : "STOPPED");
        node.put("KnownStatus", task.status().name());
        node.put("LaunchType", task.origin().launchType());
        task.origin()
                .deployment()
                .ifPresent(d -> node.put("ServiceName", d.service().name()));
        ArrayNode containers = node.putArray("Containers");
        task.containers().forEach(c -> containers.add(container(task, c)));
        return node;
    }

    private static ObjectNode container(Task task, Container container) {
        ObjectNode node = Json.object();
        node.put("Name", container.definition().name());
        node.put("DockerName", container.definition().name());
        node.put("Image", container.definition().image());
        node.put("ContainerARN", container.arn());
        node.put("DesiredStatus", task.wanted() ? "RUNNING" : "STOPPED");
        node.put("KnownStatus", container.status().name());
        node.putObject("Labels")
                .put("com.amazonaws.ecs.cluster", task.origin().cluster().arn())
                .put("com.amazonaws.ecs.task-arn", task.arn())
                .put(
                        "com.amazonaws.ecs.task-definition-family",
                        task.definition().family())
                .put(
                        "com.amazonaws.ecs.task-definition-version",
                        Integer.toString(task.definition().revision()))
                .put("com.amazonaws.ecs.container-name", container.definition().name());
        return node;
    }
}
