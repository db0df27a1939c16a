package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.healer.server.stage.Await;
import io.selfheal.healer.server.stage.HealerProcess;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.observability.telemetry.RegistryFile;
import io.selfheal.observability.testkit.LogSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "a-database-password";

    @Test
    void givenAHealerAtWork_whenReadingItsLog_thenEachLineIsOneJsonObjectWithoutSecrets(@TempDir Path folder)
            throws IOException {
        try (HealerProcess healer = HealerProcess.launch(
                        folder,
                        Map.of(
                                "HEALER_JDBC_PASSWORD",
                                PASSWORD,
                                "AWS_ENDPOINT_URL_ECS",
                                "http://127.0.0.1:1",
                                "HEALER_ALERTMANAGER_URL",
                                "http://127.0.0.1:1",
                                "AWS_SECRET_ACCESS_KEY",
                                "an-aws-secret"))
                .awaitReady()) {
            healer.post("/signals/alertmanager", Webhooks.firing("order", "arn"));
            healer.post("/signals/alertmanager", "no JSON");
            healer.post("/pause", "{}");
            Await.until(
                    () -> "the refusal is in the log: " + healer.log(),
                    () -> healer.log().contains("FACTS_UNKNOWN") && healer.log().contains("asking Alertmanager"));
            assertThat(RegistryFile.ours()
                            .problems("healer", healer.get("/prometheus").orElseThrow()))
                    .isEmpty();
            healer.terminate();
            assertThat(healer.awaitExit()).isIn(0, 143);

            assertThat(healer.log()).doesNotContain(HealerProcess.TOKEN).doesNotContain(PASSWORD, "an-aws-secret");
            assertThat(new LogSchema().problems(healer.log())).isEmpty();
            List<String> lines = healer.log().lines().toList();
            for (String line : lines) {
                assertThat(JSON.readTree(line).path("service.name").asText()).isEqualTo("healer");
            }
            assertThat(lines).anySatisfy(line -> assertThat(line)
                    .contains("\"incident\":", "\"reason\":\"FACTS_UNKNOWN\"", "\"trace_id\":"));
            assertThat(lines).anySatisfy(line -> assertThat(line).contains("\"message\":\"stopped\""));
        }
    }
}
