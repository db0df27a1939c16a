package io.selfheal.embedded.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.state.TaskDefinition;
import io.selfheal.embedded.wire.Json;
import java.util.List;
import java.util.Optional;

/** The API's TaskDefinition. */
public final class TaskDefinitionView {
    private static final List<String> LISTS = List.of("volumes", "placementConstraints", "requiresAttributes");

    private TaskDefinitionView() {}

    public static ObjectNode of(TaskDefinition definition) {
        ObjectNode node = definition.given().deepCopy();
        node.remove("tags");
        node.put("taskDefinitionArn", definition.arn());
        node.put("family", definition.family());
        node.put("revision", definition.revision());
        node.put("status", definition.active() ? "ACTIVE" : "INACTIVE");
        node.put("registeredAt", Json.seconds(definition.registeredAt()));
        Views.time(node, "deregisteredAt", definition.deregisteredAt());
        node.set("compatibilities", Json.texts(List.of("EC2", "FARGATE")));
        LISTS.stream().filter(name -> !node.has(name)).forEach(node::putArray);
        node.path("containerDefinitions").forEach(TaskDefinitionView::defaults);
        return node;
    }

    private static void defaults(JsonNode given) {
        if (given instanceof ObjectNode container) {
            absent(container, "essential").ifPresent(c -> c.put("essential", true));
            absent(container, "cpu").ifPresent(c -> c.put("cpu", 0));
            for (String list : List.of("portMappings", "environment", "mountPoints", "volumesFrom")) {
                absent(container, list).ifPresent(c -> c.putArray(list));
            }
        }
    }

    private static Optional<ObjectNode> absent(ObjectNode container, String name) {
        return container.has(name) ? Optional.empty() : Optional.of(container);
    }
}
