package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.selfheal.healer.server.stage.HealerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartRefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            healer.token            | ''                | HEALER_TOKEN is not set: choose a secret of 16 or more characters
            healer.token            | short             | HEALER_TOKEN is too short: expected 16 or more characters, it has 5
            healer.operator-token   | short             | HEALER_OPERATOR_TOKEN is too short: expected 16 or more characters, it has 5
            healer.operator-token   | correct-horse-battery-staple | HEALER_OPERATOR_TOKEN is the same as HEALER_TOKEN
            healer.host-names       | a.example, https://b.example:8 | HEALER_HOST_NAMES: expected names without scheme and port, with commas between them, for example healer.example, was 'https://b.example:8'
            healer.fleet            | nomad             | HEALER_FLEET: 'nomad' is not built into this healer, available: ecs, compose
            healer.store            | redis             | HEALER_STORE: 'redis' is not built into this healer, available: jdbc, dynamodb
            healer.policy           | ''                | HEALER_POLICY is not set
            healer.policy           | {version: 2, name: a, policies: [{name: a, match: [alertname=B], ladder: [escalate], mode: act}]} | HEALER_POLICY:1: version
            healer.policy           | no/such.yaml      | HEALER_POLICY: there is no file
            healer.port             | 70000             | HEALER_PORT: expected 0 to 65535, was 70000
            healer.port             | seven             | healer.port: cannot read 'seven' as int
            healer.probe.misses     | 0                 | HEALER_PROBE_MISSES: expected 1 or more, was 0
            healer.probe.interval   | soon              | healer.probe.interval: cannot read 'soon' as Duration
            healer.engine.tick      | PT0S              | HEALER_TICK: expected more than PT0S
            healer.jdbc.url         | jdbc:nosuch:x     | HEALER_JDBC_URL:
            healer.sns-notices.topic-arn | healer            | HEALER_SNS_TOPIC_ARN: topic: expected arn:aws:sns:REGION:ACCOUNT:NAME, was 'healer'
            healer.alertmanager.url | am:9093           | HEALER_ALERTMANAGER_URL: expected http://host
            healer.loki.url         | loki:3100         | HEALER_LOKI_URL: expected http://host
            healer.grafana.url      | grafana:3000      | HEALER_GRAFANA_URL: expected http://host
            healer.tracing.endpoint | collector:4318    | OTEL_EXPORTER_OTLP_ENDPOINT: expected http://host
            healer.cloudwatch.namespace | a b | HEALER_CLOUDWATCH_NAMESPACE, HEALER_CLOUDWATCH_PERIOD: namespace: expected 1 to 255
            healer.approval.key     | short             | HEALER_APPROVAL_KEY is too short: expected 32 or more characters, it has 5
            healer.sns.topics       | alarms            | HEALER_SNS_TOPICS: topics: expected arn:aws:sns:REGION:ACCOUNT:NAME, was 'alarms'
            healer.open-reads       | maybe             | HEALER_OPEN_READS: 'maybe' is not built
            """)
    void givenABadSetting_whenStarting_thenOneSentenceNamesIt(String setting, String value, String sentence) {
        Optional<List<String>> sentences = refusal(Map.of(setting, value));

        assertThat(sentences).isPresent();
        assertThat(sentences.get())
                .singleElement()
                .asString()
                .startsWith(sentence)
                .doesNotContain("\n");
    }

    @Test
    void givenTheStoreInDynamo_whenItsTableCannotBeOne_thenOneSentenceSaysSo() {
        Optional<List<String>> sentences = refusal(Map.of("healer.store", "dynamodb", "healer.dynamo.table", "a b"));

        assertThat(sentences.orElseThrow())
                .containsExactly("HEALER_DYNAMO_TABLE: expected 3 to 255 of A-Z a-z 0-9 _ . -, was 'a b'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            healer.compose.engine  | unix:///nowhere/docker.sock | HEALER_FLEET=compose: there is no socket at /nowhere/docker.sock: start Docker
            healer.compose.engine  | tcp://127.0.0.1:9           | HEALER_FLEET=compose: the engine at tcp://127.0.0.1:9 does not answer
            healer.compose.engine  | docker                      | HEALER_COMPOSE_PROJECT, HEALER_COMPOSE_ENGINE: engine: expected unix:///path
            healer.compose.project | My Shop                     | HEALER_COMPOSE_PROJECT, HEALER_COMPOSE_ENGINE: project: expected a name of compose
            """)
    void givenTheFleetOfCompose_whenThereIsNoneToBeAsked_thenOneSentenceSaysSo(
            String setting, String value, String sentence) {
        assertThat(refusal(Map.of("healer.fleet", "compose", setting, value)).orElseThrow())
                .singleElement()
                .asString()
                .startsWith(sentence);
    }

    @Test
    void givenAPolicyWithMistakes_whenStarting_thenEveryMistakeIsToldWithFileLineAndField(@TempDir Path folder)
            throws IOException {
        Path policy = folder.resolve("broken.yaml");
        Files.writeString(policy, """
                version: 1
                name: broken
                policies:
                  - name: one
                    match: ['alertname=~"("']
                    ladder: [restart-task, jump]
                    cooldown: soon
                """);

        List<String> problems =
                refusal(Map.of("healer.policy", policy.toString())).orElseThrow();

        assertThat(problems)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(problem -> assertThat(problem).startsWith(policy + ":"))
                .anySatisfy(problem -> assertThat(problem).contains(":5:").contains("match"))
                .anySatisfy(problem -> assertThat(problem).contains(":6:").contains("jump"))
                .anySatisfy(problem -> assertThat(problem).contains(":7:").contains("cooldown"));
    }

    @Test
    void givenAPortInUse_whenStarting_thenTheProcessEndsWithASentenceAndNoStackTrace(@TempDir Path folder)
            throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HealerProcess healer =
                        HealerProcess.launch(folder, Map.of("HEALER_PORT", Integer.toString(taken.getLocalPort())))) {
            assertThat(healer.awaitExit()).isEqualTo(78);
            assertThat(healer.log())
                    .contains("start refused: cannot listen there")
                    .contains("HEALER_PORT")
                    .doesNotContain("stack_trace")
                    .doesNotContain(HealerProcess.TOKEN);
        }
    }

    private static Optional<List<String>> refusal(Map<String, Object> settings) {
        Map<String, Object> onPaper = new HashMap<>(settings);
        onPaper.put("test.paper", "true");
        Throwable failure = catchThrowable(() -> RunningHealer.with(onPaper).close());
        assertThat(failure).isNotNull();
        return Refusal.sentences(failure);
    }
}
