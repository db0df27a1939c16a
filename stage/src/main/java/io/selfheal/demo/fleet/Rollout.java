package io.selfheal.demo.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Deploys a service anew, as a pipeline does: a new revision, then the service is told to run it. */
public final class Rollout {

    private final EcsApi ecs;

    public Rollout(EcsApi ecs) {
        this.ecs = ecs;
    }

    /** The same program once more, as a new revision. */
    public void again(String service) {
        JsonNode running = ecs.call(
                        "DescribeServices", Map.of("cluster", Fleet.CLUSTER, "services", new String[] {service}))
                .path("services")
                .path(0)
                .path("taskDefinition");
        JsonNode definition = ecs.call("DescribeTaskDefinition", Map.of("taskDefinition", running.asText()))
                .path("taskDefinition");
        ArrayNode containers = JsonNodeFactory.instance.arrayNode();
        definition.path("containerDefinitions").forEach(container -> containers.add(released(container, definition)));
        JsonNode revision = ecs.call(
                        "RegisterTaskDefinition",
                        Map.of("family", definition.path("family").asText(), "containerDefinitions", containers))
                .path("taskDefinition")
                .path("taskDefinitionArn");
        ecs.call(
                "UpdateService",
                Map.of("cluster", Fleet.CLUSTER, "service", service, "taskDefinition", revision.asText()));
    }

    /** What is new is told in a variable that no program reads. */
    private static ObjectNode released(JsonNode container, JsonNode previous) {
        ObjectNode released = container.deepCopy();
        ArrayNode environment = released.withArray("/environment");
        for (int i = environment.size() - 1; i >= 0; i--) {
            if (environment.path(i).path("name").asText().equals("RELEASE")) {
                environment.remove(i);
            }
        }
        environment
                .addObject()
                .put("name", "RELEASE")
                .put("value", "after revision " + previous.path("revision").asText());
        return released;
    }
}
