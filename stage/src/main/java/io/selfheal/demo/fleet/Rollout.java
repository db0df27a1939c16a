package io.selfheal.demo.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Deploys a service anew, as a pipeline does: a new revision, then the service is told to run it. */
public final class Rollout {

    private final EcsApi ecs;

    public Rollout(EcsApi ecs) {
        this.ecs = ecs;
    }

    /** The same program once more, as a new revision, told something besides. */
    public void again(String service, Map<String, String> besides) {
        JsonNode definition = ecs.call("DescribeTaskDefinition", Map.of("taskDefinition", running(service)))
                .path("taskDefinition");
        ArrayNode containers = JsonNodeFactory.instance.arrayNode();
        definition
                .path("containerDefinitions")
                .forEach(container -> containers.add(released(container, definition, besides)));
        JsonNode revision = ecs.call(
                        "RegisterTaskDefinition",
                        Map.of("family", definition.path("family").asText(), "containerDefinitions", containers))
                .path("taskDefinition")
                .path("taskDefinitionArn");
        run(service, revision.asText());
    }

    /** The revision that the service is to run. */
    public String running(String service) {
        return ecs.call("DescribeServices", Map.of("cluster", Fleet.CLUSTER, "services", List.of(service)))
                .path("services")
                .path(0)
                .path("taskDefinition")
                .asText();
    }

    /** Tells the service to run that revision. */
    public void run(String service, String revision) {
        ecs.call("UpdateService", Map.of("cluster", Fleet.CLUSTER, "service", service, "taskDefinition", revision));
    }

    /** That it is new is told in a variable that no program reads. */
    private static ObjectNode released(JsonNode container, JsonNode previous, Map<String, String> besides) {
        ObjectNode released = container.deepCopy();
        ArrayNode environment = released.withArray("/environment");
        Map<String, String> added = new TreeMap<>(besides);
        added.put("RELEASE", "after revision " + previous.path("revision").asText());
        for (int i = environment.size() - 1; i >= 0; i--) {
            if (added.containsKey(environment.path(i).path("name").asText())) {
                environment.remove(i);
            }
        }
        added.forEach((name, value) -> environment.addObject().put("name", name).put("value", value));
        return released;
    }
}
