package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.state.Arns;
import io.selfheal.embedded.state.Cluster;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.state.TaskDefinition;
import io.selfheal.embedded.state.World;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tags of clusters, services, tasks and task definitions. */
final class TagOperations {
    private static final int MAX_TAGS = 50;

    private final World world;

    TagOperations(Engine engine) {
        this.world = engine.world();
    }

    Map<String, Operation> all() {
        return Map.of("TagResource", this::tag, "UntagResource", this::untag, "ListTagsForResource", this::list);
    }

    private ObjectNode tag(Fields request) {
        Map<String, String> tags = tags(request);
        Map<String, String> all = new HashMap<>(tags);
        all.putAll(request.pairs("tags", "key", "value"));
        if (all.size() > MAX_TAGS) {
            throw AwsException.invalidParameter("Tags can not have more than 50 elements.");
        }
        tags.putAll(request.pairs("tags", "key", "value"));
        return Json.object();
    }

    private ObjectNode untag(Fields request) {
        tags(request).keySet().removeAll(request.texts("tagKeys"));
        return Json.object();
    }

    private ObjectNode list(Fields request) {
        ObjectNode answer = Json.object();
        answer.set("tags", Json.pairs(tags(request), "key", "value"));
        return answer;
    }

    private Map<String, String> tags(Fields request) {
        String arn = request.required("resourceArn");
        if (!arn.startsWith("arn:aws:ecs:")) {
            throw AwsException.invalidParameter("Invalid ARN: " + arn);
        }
        return find(arn)
                .orElseThrow(() -> AwsException.invalidParameter("The specified resource was not found: " + arn));
    }

    private Optional<Map<String, String>> find(String arn) {
        String resource = arn.substring(arn.lastIndexOf(':', arn.indexOf('/')) + 1);
        List<String> parts = List.of(resource.split("/", -1));
        return switch (parts.getFirst()) {
            case "cluster" -> world.find(arn).map(Cluster::tags);
            case "service" ->
                world.find(parts.get(parts.size() - 2))
                        .flatMap(c -> c.service(Arns.name(arn)))
                        .map(Service::tags);
            case "task" -> world.task(Arns.name(arn)).map(Task::tags);
            case "task-definition" -> world.definition(arn).map(TaskDefinition::tags);
            default -> Optional.empty();
        };
    }
}
