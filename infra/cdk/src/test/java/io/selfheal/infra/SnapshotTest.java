package io.selfheal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The templates of dev as they were when somebody last looked at them. A change that is meant is taken over by
 * {@code ./mvnw test -pl infra/cdk -am -Dtest=SnapshotTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dtest.jvm.args=-Dsnapshot.update=true}, and the difference belongs into the commit.
 */
@NeedsNode
class SnapshotTest {
    private static final Path FOLDER = Path.of("src/test/snapshot/dev");

    @Test
    void thenTheTemplatesOfDevAreAsTheyWere() throws IOException {
        Map<String, JsonNode> stacks = Synthesised.all().stacks("dev");
        for (Map.Entry<String, JsonNode> stack : stacks.entrySet()) {
            JsonNode template = stable(stack.getValue());
            Path file = FOLDER.resolve(stack.getKey() + ".json");
            if (Boolean.getBoolean("snapshot.update")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, written(template));
            }
            assertThat(written(template))
                    .as("%s; see SnapshotTest for how a change is taken over", file)
                    .isEqualTo(Files.readString(file));
        }
    }

    /** Without what has a source of its own, and tests of its own: objectives, experiments, configurations, hashes of files. */
    private static JsonNode stable(JsonNode template) {
        ObjectNode resources = (ObjectNode) template.path("Resources").deepCopy();
        resources
                .properties()
                .removeIf(one -> one.getValue().at("/Properties").has("EvaluationCriteria")
                        || one.getValue().path("Type").asText().equals("AWS::FIS::ExperimentTemplate")
                        || one.getValue().path("Type").asText().equals("AWS::CloudWatch::Dashboard"));
        resources.properties().removeIf(one -> one.getKey().startsWith("CollectorCOLLECTOR"));
        resources.forEach(one -> {
            switch (one.path("Type").asText()) {
                case "AWS::SSM::Parameter" -> ((ObjectNode) one.path("Properties")).put("Value", "...");
                case "AWS::ECS::TaskDefinition" ->
                    one.at("/Properties/ContainerDefinitions").forEach(SnapshotTest::collector);
                case "AWS::IAM::Policy" ->
                    ((ArrayNode) one.at("/Properties/PolicyDocument/Statement"))
                            .removeIf(statement ->
                                    statement.path("Action").toString().contains("ssm:"));
                default -> {}
            }
        });
        return sorted(resources);
    }

    /** How many files its configuration has is its own business. */
    private static void collector(JsonNode container) {
        if (container.path("Name").asText().equals("collector")) {
            ((ObjectNode) container).remove("Command");
            ((ObjectNode) container).remove("Secrets");
        }
    }

    /** The order of keys is another in every JVM. */
    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> keys = new TreeMap<>();
            object.properties().forEach(one -> keys.put(one.getKey(), sorted(one.getValue())));
            ObjectNode sorted = Synthesised.JSON.createObjectNode();
            keys.forEach(sorted::set);
            return sorted;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode sorted = Synthesised.JSON.createArrayNode();
            array.forEach(one -> sorted.add(sorted(one)));
            return sorted;
        }
        return node;
    }

    private static String written(JsonNode template) throws IOException {
        return Synthesised.JSON
                        .writer(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(template)
                        .replaceAll("[0-9a-f]{64}", "HASH")
                        .replaceAll("\"configuration\" : \"[0-9a-f]+\"", "\"configuration\" : \"HASH\"")
                        .replaceAll("\"policies\" : \"[0-9a-f]+\"", "\"policies\" : \"HASH\"")
                + "\n";
    }
}
