package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.state.TaskDefinition;
import io.selfheal.embedded.state.World;
import io.selfheal.embedded.view.TaskDefinitionView;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import io.selfheal.embedded.wire.Pages;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Register, describe, list and deregister task definitions. */
final class TaskDefinitionOperations {
    private final Engine engine;
    private final World world;

    TaskDefinitionOperations(Engine engine) {
        this.engine = engine;
        this.world = engine.world();
    }

    Map<String, Operation> all() {
        return Map.of(
                "RegisterTaskDefinition", this::register,
                "DescribeTaskDefinition", this::describe,
                "ListTaskDefinitions", this::list,
                "DeregisterTaskDefinition", this::deregister);
    }

    private ObjectNode register(Fields request) {
        int revision = world.nextRevision(TaskDefinition.family(request));
        TaskDefinition definition = new TaskDefinition(world.arns(), revision, request, engine.now());
        world.add(definition);
        return answer(definition, true);
    }

    private ObjectNode describe(Fields request) {
        TaskDefinition definition = world.definition(request.required("taskDefinition"))
                .orElseThrow(() -> AwsException.client("Unable to describe task definition."));
        return answer(definition, request.texts("include").contains("TAGS"));
    }

    private ObjectNode list(Fields request) {
        Optional<String> family = request.text("familyPrefix");
        boolean active = status(request);
        List<String> arns = world.definitions().stream()
                .filter(d -> family.isEmpty() || family.get().equals(d.family()))
                .filter(d -> d.active() == active)
                .map(TaskDefinition::arn)
                .toList();
        boolean descending = request.text("sort").equals(Optional.of("DESC"));
        return Pages.answer(request, 100, "taskDefinitionArns", descending ? arns.reversed() : arns);
    }

    private static boolean status(Fields request) {
        return switch (request.text("status").orElse("ACTIVE")) {
            case "ACTIVE" -> true;
            case "INACTIVE" -> false;
            default -> throw AwsException.invalidParameter("invalid status: use ACTIVE or INACTIVE.");
        };
    }

    private ObjectNode deregister(Fields request) {
        String reference = request.required("taskDefinition");
        if (!reference.matches(".*:\\d+")) {
            throw AwsException.client("Task definition must be family:revision or an ARN: " + reference);
        }
        TaskDefinition definition = world.definition(reference)
                .orElseThrow(() -> AwsException.client("The specified task definition does not exist."));
        definition.deregister(engine.now());
        return answer(definition, false);
    }

    private static ObjectNode answer(TaskDefinition definition, boolean tags) {
        ObjectNode answer = Json.object();
        answer.set("taskDefinition", TaskDefinitionView.of(definition));
        answer.set("tags", tags ? Json.pairs(definition.tags(), "key", "value") : Json.array());
        return answer;
    }
}
