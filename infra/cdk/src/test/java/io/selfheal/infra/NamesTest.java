package io.selfheal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.aws.dynamo.TableDefinition;
import io.selfheal.infra.Synthesised.Resource;
import io.selfheal.infra.chaos.Experiment;
import io.selfheal.infra.config.Programs;
import io.selfheal.infra.healer.HealerFunction;
import io.selfheal.infra.observability.SloAlarm;
import io.selfheal.infra.shop.ServicesStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stacks call things, and what code, policies and catalogues call them. */
@NeedsNode
class NamesTest {
    private static final Path REPOSITORY = Synthesised.REPOSITORY;
    private final Synthesised all = Synthesised.all();
    private final Programs programs = new Programs(REPOSITORY, REPOSITORY);

    @Test
    void thenTheHandlerIsAClassOfTheLambda() {
        assertThat(REPOSITORY.resolve(
                        "healer-lambda/lambda/src/main/java/" + HealerFunction.HANDLER.replace('.', '/') + ".java"))
                .isRegularFile();
    }

    /** What its configuration was validated with, and what runs on a laptop. */
    @Test
    void thenTheCollectorIsOfTheVersionOfCompose() throws IOException {
        String version = Files.readString(REPOSITORY.resolve(".env"))
                .lines()
                .filter(line -> line.startsWith("COLLECTOR_VERSION="))
                .findFirst()
                .orElseThrow()
                .replace("COLLECTOR_VERSION=", "");
        assertThat(all.stacks("dev").toString()).contains("\"otel/opentelemetry-collector-contrib:" + version + "\"");
    }

    @Test
    void thenEveryServiceIsAModuleOfTheShop() {
        assertThat(ServicesStack.SERVICES).allSatisfy(service -> assertThat(REPOSITORY.resolve("services/" + service))
                .isDirectory());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void thenTheTableIsTheOneOfTheStore(String environment) throws IOException {
        JsonNode wanted = Synthesised.JSON.readTree(TableDefinition.json());
        JsonNode table =
                all.resources(environment, "AWS::DynamoDB::Table").getFirst().properties();
        for (String part :
                List.of("BillingMode", "KeySchema", "TimeToLiveSpecification", "PointInTimeRecoverySpecification")) {
            assertThat(table.path(part)).as(part).isEqualTo(wanted.path(part));
        }
        assertThat(table.path("GlobalSecondaryIndexes")).isEqualTo(wanted.path("GlobalSecondaryIndexes"));
        assertThat(Set.copyOf(table.path("AttributeDefinitions").valueStream().toList()))
                .isEqualTo(Set.copyOf(
                        wanted.path("AttributeDefinitions").valueStream().toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void thenTheHealerKnowsEverySettingThatItIsGiven(String environment) throws IOException {
        String lambda = Files.readString(REPOSITORY.resolve("healer-lambda/lambda/README.md"));
        String server = Files.readString(REPOSITORY.resolve("healer-lambda/server/README.md"));
        for (Resource function : all.resources(environment, "AWS::Lambda::Function")) {
            function.properties().at("/Environment/Variables").fieldNames().forEachRemaining(name -> {
                if (name.startsWith("HEALER_")) {
                    assertThat(lambda).contains("`" + name + "`");
                }
            });
        }
        for (Resource task : all.resources(environment, "AWS::ECS::TaskDefinition")) {
            for (JsonNode container : task.properties().path("ContainerDefinitions")) {
                for (String list : List.of("Environment", "Secrets")) {
                    container.path(list).forEach(variable -> {
                        String name = variable.path("Name").asText();
                        assertThat(!name.startsWith("HEALER_") || server.contains("`" + name + "`"))
                                .as("the server's README knows %s", name)
                                .isTrue();
                    });
                }
            }
        }
    }

    /** The healer's own reader of alarms, and its own policies, on the event that EventBridge would send. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void thenEveryAlarmThatReachesTheHealerIsAnsweredByAPolicyOfItsService(String environment) {
        List<String> heard = heard(environment);
        assertThat(heard).hasSize(9);
        assertThat(heard).allSatisfy(name -> assertThat(Answered.by(programs, environment, name))
                .as(name)
                .isEqualTo(name.split("-", -1)[1]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void thenTheAlarmsOfTheObjectivesArePeoples(String environment) {
        Set<String> names = alarms(environment);
        for (SloAlarm slo : SloAlarm.read(programs.sloAlarms())) {
            assertThat(names).contains(environment + "-" + slo.name());
            assertThat(heard(environment)).doesNotContain(environment + "-" + slo.name());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging"})
    void thenEveryExperimentOfTheCatalogueIsATemplateOrSaysWhyNot(String environment) {
        Set<String> templates = all.resources(environment, "AWS::FIS::ExperimentTemplate").stream()
                .map(one -> one.properties().at("/Tags/Name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        for (Experiment experiment : Experiment.read(programs.chaosCatalogue())) {
            assertThat(templates.contains(experiment.id()))
                    .as(experiment.id())
                    .isEqualTo(experiment.whyNot(false).isEmpty());
            assertThat(ServicesStack.SERVICES).contains(experiment.service());
        }
        assertThat(all.resources(environment, "AWS::FIS::ExperimentTemplate")).allSatisfy(one -> assertThat(
                        one.properties().at("/StopConditions/0/Source").asText())
                .isEqualTo("aws:cloudwatch:alarm"));
    }

    /** The alarms whose changes a rule hands to the healer. */
    private List<String> heard(String environment) {
        List<String> prefixes = all.resources(environment, "AWS::Events::Rule").stream()
                .map(rule -> rule.properties().at("/EventPattern/detail/alarmName"))
                .flatMap(JsonNode::valueStream)
                .map(one -> one.path("prefix").asText())
                .toList();
        assertThat(prefixes).isNotEmpty();
        return alarms(environment).stream()
                .filter(name -> prefixes.stream().anyMatch(name::startsWith))
                .toList();
    }

    private Set<String> alarms(String environment) {
        Set<String> names = all.resources(environment, "AWS::CloudWatch::Alarm").stream()
                .map(one -> one.properties().path("AlarmName").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        all.resources(environment, "AWS::CloudWatch::CompositeAlarm")
                .forEach(one -> names.add(one.properties().path("AlarmName").asText()));
        return names;
    }
}
