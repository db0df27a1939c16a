package io.selfheal.embedded.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.state.Binding;
import io.selfheal.embedded.state.Container;
import io.selfheal.embedded.state.StopCode;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.wire.Json;

/** The API's Task. */
public final class TaskView {
    private TaskView() {}

    public static ObjectNode of(Task task, boolean tags) {
        ObjectNode node = Json.object();
        node.put("taskArn", task.arn());
        node.put("clusterArn", task.origin().cluster().arn());
        node.put("taskDefinitionArn", task.definition().arn());
        node.put("group", task.origin().group());
        Views.text(node, "startedBy", task.origin().startedBy());
        node.put("launchType", task.origin().launchType());
        node.put("availabilityZone", "local-1a");
        node.put("lastStatus", task.status().name());
        node.put("desiredStatus", task.wanted() ? "RUNNING" : "STOPPED");
        node.put("healthStatus", task.health().name());
        node.put("connectivity", "CONNECTED");
        node.put("version", task.version());
        node.put("cpu", task.definition().given().path("cpu").asText("0"));
        node.put("memory", task.definition().given().path("memory").asText("0"));
        node.put("enableExecuteCommand", false);
        times(node, task);
        Views.text(node, "stopCode", task.stopCode().map(StopCode::text));
        Views.text(node, "stoppedReason", task.stoppedReason());
        node.set("overrides", task.overrides().deepCopy());
        node.putArray("attachments");
        node.putArray("attributes");
        ArrayNode containers = node.putArray("containers");
        task.containers().forEach(c -> containers.add(container(task, c)));
        if (tags) {
            Views.tags(node, task.tags());
        }
        return node;
    }

    private static void times(ObjectNode node, Task task) {
        node.put("createdAt", Json.seconds(task.createdAt()));
        node.put("connectivityAt", Json.seconds(task.createdAt()));
        Views.time(node, "startedAt", task.startedAt());
        Views.time(node, "stoppingAt", task.stoppingAt());
        Views.time(node, "executionStoppedAt", task.stoppedAt());
        Views.time(node, "stoppedAt", task.stoppedAt());
    }

    public static ObjectNode container(Task task, Container container) {
        ObjectNode node = Json.object();
        node.put("containerArn", container.arn());
        node.put("taskArn", task.arn());
        node.put("name", container.definition().name());
        node.put("image", container.definition().image());
        node.put("lastStatus", container.status().name());
        node.put("healthStatus", container.health().name());
        Views.text(node, "runtimeId", container.runtimeId());
        container.exitCode().ifPresent(code -> node.put("exitCode", code));
        Views.text(node, "reason", container.reason());
        ArrayNode bindings = node.putArray("networkBindings");
        container.bindings().forEach(b -> bindings.add(binding(b)));
        node.putArray("networkInterfaces");
        return node;
    }

    private static ObjectNode binding(Binding binding) {
        return Json.object()
                .put("bindIP", "127.0.0.1")
                .put("containerPort", binding.mapping().containerPort())
                .put("hostPort", binding.hostPort())
                .put("protocol", binding.mapping().protocol());
    }
}
