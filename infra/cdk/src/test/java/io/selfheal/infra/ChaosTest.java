package io.selfheal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.infra.Synthesised.Resource;
import io.selfheal.infra.chaos.Experiment;
import io.selfheal.infra.config.Programs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What FIS gets to do where an agent lets it into the tasks, and that nothing of it is there where none does. */
@NeedsNode
class ChaosTest {
    private static final String AGENT = "public.ecr.aws/amazon-ssm-agent/amazon-ssm-agent:3.3.1";
    private static final Synthesised DEV = Synthesised.with("dev", "chaosAgent", AGENT);
    private final Programs programs = new Programs(Synthesised.REPOSITORY, Synthesised.REPOSITORY);

    @Test
    void givenAnAgent_thenEveryActionOfTheCatalogueIsATemplateWithItsParameters() {
        Map<String, JsonNode> actions = new TreeMap<>();
        for (Resource template : DEV.resources("dev", "AWS::FIS::ExperimentTemplate")) {
            template.properties()
                    .path("Actions")
                    .properties()
                    .forEach(one -> actions.put(one.getKey(), one.getValue()));
        }
        List<Experiment> possible = Experiment.read(programs.chaosCatalogue()).stream()
                .filter(one -> one.whyNot(true).isEmpty())
                .toList();

        assertThat(possible).hasSizeGreaterThan(5);
        assertThat(actions)
                .containsOnlyKeys(possible.stream().map(Experiment::id).toList());
        assertThat(possible).allSatisfy(one -> assertThat(
                        action(actions, one.id()).path("ActionId").asText())
                .isEqualTo(one.fis()));
        assertThat(action(actions, "hang-user").path("Parameters").toString())
                .contains("\"port\":\"8080\"", "\"duration\":\"PT3M\"", "\"useEcsFaultInjectionEndpoints\":\"true\"");
        assertThat(action(actions, "crash-order").path("Parameters").has("duration"))
                .isFalse();
    }

    @Test
    void givenAnAgent_thenOnlyTheTasksOfTheShopHaveItAndMayBeReached() {
        List<Resource> tasks = DEV.resources("dev", "AWS::ECS::TaskDefinition");
        assertThat(tasks)
                .filteredOn(one -> one.stack().equals("Services"))
                .hasSize(3)
                .allSatisfy(one -> {
                    assertThat(one.properties().path("EnableFaultInjection").asBoolean())
                            .isTrue();
                    assertThat(one.properties().path("PidMode").asText()).isEqualTo("task");
                    assertThat(one.properties().path("ContainerDefinitions").findValuesAsText("Image"))
                            .contains(AGENT);
                });
        assertThat(tasks)
                .filteredOn(one -> !one.stack().equals("Services"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.properties().toString()).doesNotContain(AGENT, "FaultInjection"));
    }

    @Test
    void givenAnAgent_thenCommandsGoOnlyToInstancesThatItRegistered() {
        String role = DEV.stacks("dev")
                .getOrDefault("Chaos", Synthesised.JSON.nullNode())
                .toString();
        assertThat(role).contains("AWSFIS-Run-*", "ssm:resourceTag/FAULT_INJECTION_SIDECAR");
    }

    @Test
    void givenNoAgent_thenNothingInTheTasksLetsAnybodyIn() {
        Synthesised all = Synthesised.all();
        for (String environment : List.of("dev", "staging", "prod")) {
            assertThat(all.stacks(environment).toString())
                    .doesNotContain("EnableFaultInjection", "ssm:SendCommand", "ssm:CreateActivation", "PidMode");
        }
    }

    private static JsonNode action(Map<String, JsonNode> actions, String id) {
        return actions.getOrDefault(id, Synthesised.JSON.nullNode());
    }
}
