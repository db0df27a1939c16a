package io.selfheal.healer.lambda.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.selfheal.healer.setting.StartRefusedException;
import io.selfheal.healer.testkit.HealerBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final Path NOWHERE = Path.of("");

    private static Map<String, String> with(String... pairs) {
        Map<String, String> environment = new HashMap<>(Map.of("HEALER_POLICY", HealerBench.POLICIES));
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return environment;
    }

    private static List<String> problems(Map<String, String> environment) {
        StartRefusedException refused =
                catchThrowableOfType(StartRefusedException.class, () -> Settings.of(environment, NOWHERE));
        return refused == null ? List.of() : refused.problems();
    }

    @Nested
    class GivenOnlyPolicies {
        @Test
        void thenTheRestIsAsDocumented() {
            Configuration configuration = Settings.of(with(), NOWHERE);

            assertThat(configuration.cluster()).isEqualTo("selfheal");
            assertThat(configuration.table()).isEqualTo("selfheal");
            assertThat(configuration.rules().recheck()).isEqualTo(Duration.ofSeconds(5));
            assertThat(configuration.rules().standby()).isEqualTo(Duration.ofMinutes(1));
            assertThat(configuration.queues()).isEqualTo(new Configuration.Queues("", ""));
            assertThat(configuration.doors().topics()).isEmpty();
            assertThat(configuration.policies().policies()).isNotEmpty();
        }

        @Test
        void whenACollectorAndAGrafanaAreNamed_thenTheyAreTold_andTheTokenIsNotShown() {
            Configuration configuration = Settings.of(
                    with(
                            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318/",
                            "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=dev",
                            "HEALER_GRAFANA_URL", "https://grafana.example",
                            "HEALER_GRAFANA_TOKEN", "glsa_secret"),
                    NOWHERE);

            assertThat(configuration.notices().traces().orElseThrow().traces())
                    .hasToString("http://127.0.0.1:4318/v1/traces");
            assertThat(configuration.notices().traces().orElseThrow().resource())
                    .containsEntry("service.name", "healer")
                    .containsEntry("deployment.environment.name", "dev");
            assertThat(configuration.notices().grafana().orElseThrow().token()).isEqualTo("glsa_secret");
            assertThat(configuration.toString()).contains("grafana.example").doesNotContain("glsa_secret");
            assertThat(problems(with("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318")))
                    .singleElement()
                    .asString()
                    .startsWith("OTEL_EXPORTER_OTLP_ENDPOINT: expected http://host");
            assertThat(problems(with("HEALER_GRAFANA_URL", "http://g", "HEALER_GRAFANA_TOKEN_FILE", "/no/such")))
                    .singleElement()
                    .asString()
                    .startsWith("HEALER_GRAFANA_TOKEN_FILE: cannot read /no/such");
        }

        @Test
        void whenTheyAreAFileOfThePackage_thenItsPathStartsThere(@TempDir Path folder) throws IOException {
            Files.writeString(folder.resolve("policy.yaml"), HealerBench.POLICIES);

            assertThat(Settings.of(Map.of("HEALER_POLICY", "policy.yaml"), folder)
                            .policies()
                            .policies())
                    .isNotEmpty();
            assertThatThrownBy(() -> Settings.of(Map.of("HEALER_POLICY", "other.yaml"), folder))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("there is no file " + folder.resolve("other.yaml"));
        }
    }

    @TestFactory
    Stream<DynamicTest> givenOneSettingThatCannotBeRight_thenOneSentenceNamesItAndWhatToDo() {
        Map<String, List<String>> wrong = new HashMap<>();
        wrong.put("HEALER_STORE=jdbc", List.of("HEALER_STORE: 'jdbc' is the server's", "dynamodb"));
        wrong.put("HEALER_STORE=h2", List.of("HEALER_STORE: 'h2' is not built into this healer, available: dynamodb"));
        wrong.put("HEALER_FLEET=compose", List.of("HEALER_FLEET: 'compose' is not built", "available: ecs"));
        wrong.put("HEALER_DYNAMO_TABLE=a b", List.of("HEALER_DYNAMO_TABLE: expected 3 to 255", "'a b'"));
        wrong.put("HEALER_RECHECK=soon", List.of("HEALER_RECHECK: cannot read 'soon' as a duration", "PT0.5S"));
        wrong.put("HEALER_PATIENCE=PT0S", List.of("HEALER_PATIENCE: expected more than PT0S, was PT0S"));
        wrong.put("HEALER_PROMETHEUS_URL=prometheus:9090", List.of("HEALER_PROMETHEUS_URL: expected http://host"));
        wrong.put("HEALER_SNS_VERSION_ONE=yes", List.of("HEALER_SNS_VERSION_ONE: 'yes'", "available: true, false"));
        wrong.put("HEALER_TOKEN=short", List.of("HEALER_TOKEN is too short: expected 16", "it has 5"));
        wrong.put("HEALER_APPROVAL_KEY=" + "k".repeat(32), List.of("HEALER_PUBLIC_URL is not set"));
        wrong.put(
                "HEALER_WAKE_UP_QUEUE_URL=https://sqs.us-east-1.amazonaws.com/1/w.fifo",
                List.of("HEALER_WAKE_UP_QUEUE_URL: expected a standard queue"));
        wrong.put("HEALER_JDBC_URL=jdbc:h2:mem:x", List.of("HEALER_JDBC_URL: the Lambda has no such setting"));
        wrong.put("HEALER_DEADLETTER_QUEUE=x", List.of("HEALER_DEADLETTER_QUEUE: ", "HEALER_DEAD_LETTER_QUEUE_URL"));
        wrong.put("HEALER_POLICY={version: 9}", List.of("HEALER_POLICY:1: "));
        return wrong.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> refused(one.getKey(), one.getValue())));
    }

    private static void refused(String setting, List<String> words) {
        String[] parts = setting.split("=", 2);
        List<String> problems = problems(with(parts[0], parts[1]));
        assertThat(problems).isNotEmpty();
        assertThat(problems.getFirst()).contains(words);
    }

    @Test
    void givenSeveralProblems_thenAllOfThemAreTold() {
        assertThat(problems(Map.of("HEALER_STORE", "jdbc", "HEALER_FLEET", "compose", "HEALER_TICK", "PT1S")))
                .hasSize(4)
                .anyMatch(problem -> problem.startsWith("HEALER_POLICY is not set"));
    }

    @Test
    void givenSecrets_thenNeitherTheLogNorAProblemShowsThem() {
        Map<String, String> environment = with(
                "HEALER_TOKEN", "correct-horse-battery-staple",
                "HEALER_MODES_TOKEN", "hush-hush",
                "HEALER_APPROVAL_KEY", "0123456789abcdef0123456789abcdef",
                "HEALER_PUBLIC_URL", "https://healer.example");

        assertThat(Settings.of(environment, NOWHERE).toString())
                .doesNotContain("correct-horse", "hush", "0123456789abcdef");
        assertThat(problems(with("HEALER_TOKEN", "tiny-secret")).toString()).doesNotContain("tiny-secret");
    }
}
