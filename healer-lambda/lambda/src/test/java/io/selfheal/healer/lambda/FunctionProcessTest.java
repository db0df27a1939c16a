package io.selfheal.healer.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.embedded.Await;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.lambda.runtime.FunctionProcess;
import io.selfheal.healer.lambda.runtime.Stage;
import io.selfheal.healer.lambda.training.HttpsFront;
import io.selfheal.healer.lambda.training.RuntimeApi;
import io.selfheal.healer.lambda.training.RuntimeApi.Answer;
import io.selfheal.observability.testkit.LogSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The function as its own process under Lambda's runtime client; everything it talks to speaks AWS's protocols. */
class FunctionProcessTest {
    private final RuntimeApi lambda = new RuntimeApi();
    private final Stage stage;
    private final Path folder;

    FunctionProcessTest(@TempDir(cleanup = CleanupMode.NEVER) Path folder) throws IOException {
        this.folder = folder;
        this.stage = new Stage(folder);
    }

    @AfterEach
    void stop() {
        stage.close();
        lambda.close();
    }

    private Phase phase() {
        List<Incident> incidents = stage.incidents();
        assertThat(incidents).hasSize(1);
        return incidents.getFirst().state().phase();
    }

    private String response(FunctionProcess function, String event) {
        return switch (lambda.invoke(event)) {
            case Answer.Response(String body) -> body;
            case Answer.Failure(String body) -> throw new AssertionError(body + "\n" + function.log());
        };
    }

    /** SQS delivers the wake-ups that it was asked for since. */
    private int wakeUp(FunctionProcess function, int delivered) {
        List<JsonNode> sent = stage.aws.sentTo("wake-ups");
        sent.subList(delivered, sent.size())
                .forEach(wakeUp -> response(
                        function,
                        SayingEvents.batch(
                                Map.of("w-1", wakeUp.path("MessageBody").asText()))));
        return sent.size();
    }

    @Test
    void givenAwsOverHttpsAtItsOwnNames_whenAnAlarmComes_thenItIsSavedAndTheTaskStopped() throws IOException {
        stage.fleet.run("order", 2);
        TaskId task = stage.running("order").getFirst();
        stage.fleet.makeSick(task.arn());
        try (HttpsFront aws = new HttpsFront(folder, stage::behind);
                FunctionProcess function = FunctionProcess.start(
                        folder, stage.environmentOnAws(lambda), aws.flags().toArray(String[]::new))) {
            String alarm = SayingEvents.eventBridge("ALARM", "order", task, Instant.now());
            assertThat(response(function, alarm)).isEqualTo("{\"saved\":1,\"ignored\":0,\"deadLetters\":0}");
            assertThat(phase()).as(function::log).isEqualTo(Phase.VERIFYING);
            assertThat(stage.aws.sentTo("wake-ups")).hasSize(1);
        }
    }

    @Test
    void givenASickTask_whenItsAlarmComes_thenEcsReplacesIt_andTheWakeUpFindsItHealed() throws IOException {
        stage.fleet.run("order", 2);
        TaskId victim = stage.running("order").getFirst();
        stage.fleet.makeSick(victim.arn());
        // Or the JVM warns of the runtime client's native library, in lines that are no JSON.
        String flag = "--enable-native-access=ALL-UNNAMED";
        try (FunctionProcess function = FunctionProcess.start(folder, stage.environment(lambda), flag)) {
            String alarm = SayingEvents.eventBridge("ALARM", "order", victim, Instant.now());
            assertThat(response(function, alarm)).isEqualTo("{\"saved\":1,\"ignored\":0,\"deadLetters\":0}");
            assertThat(phase()).as(function::log).isEqualTo(Phase.VERIFYING);
            assertThat(stage.aws.sentTo("wake-ups")).hasSize(1);

            assertThat(response(function, alarm)).contains("\"saved\":1");
            response(function, SayingEvents.batch(Map.of("q-1", "poison")));
            response(function, SayingEvents.direct("OK", "order", victim, Instant.now()));
            Await.until(
                    "the fleet replaced the task",
                    () -> stage.running("order").size() == 2
                            && !stage.running("order").contains(victim));
            int delivered = 0;
            long end = System.nanoTime() + 60_000_000_000L;
            while (phase() != Phase.RESOLVED && System.nanoTime() < end) {
                delivered = wakeUp(function, delivered);
            }

            assertThat(phase()).as(function::log).isEqualTo(Phase.RESOLVED);
            assertThat(stage.history().stream().map(HistoryEntry::reason)).endsWith(Reason.VERIFIED);
            assertThat(stage.history().stream().filter(entry -> entry.event() == HistoryEntry.Event.ACT))
                    .hasSize(1);
            assertThat(stage.aws.sentTo("dead-letters")).hasSize(1);
            assertThat(function.log()).contains("\"trace_id\":", "\"xray_trace_id\":\"1-");
            assertThat(new LogSchema().problems(function.log())).isEmpty();
        }
    }

    @Test
    void givenSnapStart_whenThePictureIsTaken_thenNoCredentialsWereReadAndNothingWasSent_andItWorksAfterwards()
            throws IOException {
        stage.fleet.run("order", 2);
        Map<String, String> environment = new HashMap<>(stage.environment(lambda));
        environment.remove("AWS_ACCESS_KEY_ID");
        environment.remove("AWS_SECRET_ACCESS_KEY");
        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", stage.aws.uri() + "/credentials");
        environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "t");
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        try (FunctionProcess function = FunctionProcess.start(
                folder, environment, "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac")) {
            lambda.awaitSnapshot();
            assertThat(function.log()).contains("primed with");
            assertThat(stage.aws.credentialsRead()).isZero();
            assertThat(stage.aws.sentTo("wake-ups")).isEmpty();

            lambda.restore();
            assertThat(response(function, SayingEvents.schedule())).isEqualTo("{\"ticked\":true}");
            assertThat(stage.aws.credentialsRead()).isPositive();
        }
    }

    @Test
    void givenSettingsThatCannotBeRight_thenTheFunctionDoesNotStartAndSaysAllOfIt() {
        Map<String, String> environment = new HashMap<>(stage.environment(lambda));
        environment.put("HEALER_STORE", "jdbc");
        environment.put("HEALER_FLEET", "kubernetes");
        try (FunctionProcess function = FunctionProcess.start(folder, environment)) {
            assertThat(lambda.initError()).contains("HEALER_STORE", "HEALER_FLEET");
            assertThat(function.log()).contains("start refused: HEALER_STORE: 'jdbc' is the server's");
        }
    }
}
