package io.selfheal.awsendpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.healer.lambda.runtime.FunctionProcess;
import io.selfheal.healer.lambda.training.RuntimeApi;
import io.selfheal.healer.lambda.training.RuntimeApi.Answer;
import io.selfheal.healer.server.stage.TestFleet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The same way with the function in the place of the server: under Lambda's runtime client, its store in DynamoDB, woken by the messages
 * that it has SQS hold back for it. This test is the event source mapping of both queues.
 */
@AtAwsEndpoint(localStackOnly = true)
class LambdaHealingAtEndpointTest {
    private static final String SERVICE = "order";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Mailbox alarms = Mailbox.open();
    private final Mailbox notices = Mailbox.open();
    private final Mailbox wakeUps = Mailbox.open();
    private final Mailbox deadLetters = Mailbox.open();
    private final Alarm alarm = new Alarm(SERVICE, alarms.topic());
    private final List<String> noticed = new ArrayList<>();
    private final RuntimeApi lambda = new RuntimeApi();
    private final TestFleet fleet;
    private final FunctionProcess function;
    private int awakened;
    private String victim = "";

    LambdaHealingAtEndpointTest(@TempDir Path folder) throws IOException {
        fleet = new TestFleet(folder.resolve("ecs"));
        function = FunctionProcess.start(
                folder,
                Map.ofEntries(
                        Map.entry("AWS_LAMBDA_RUNTIME_API", lambda.address()),
                        Map.entry("AWS_ENDPOINT_URL", AwsEndpoint.get().uri().toString()),
                        Map.entry("AWS_ENDPOINT_URL_ECS", fleet.endpoint().toString()),
                        Map.entry("AWS_REGION", AwsEndpoint.REGION),
                        Map.entry("AWS_ACCESS_KEY_ID", "test"),
                        Map.entry("AWS_SECRET_ACCESS_KEY", "test"),
                        Map.entry("HEALER_DYNAMO_TABLE", Tables.fresh().table()),
                        Map.entry("HEALER_SNS_TOPIC_ARN", notices.topic()),
                        Map.entry("HEALER_WAKE_UP_QUEUE_URL", wakeUps.queue()),
                        Map.entry("HEALER_DEAD_LETTER_QUEUE_URL", deadLetters.queue()),
                        Map.entry("HEALER_PROBE_TIMEOUT", "PT5S"),
                        Map.entry("HEALER_PROBE_GRACE", "PT0.5S"),
                        Map.entry(
                                "HEALER_POLICY",
                                Path.of("src/test/resources/policy.yaml")
                                        .toAbsolutePath()
                                        .toString())));
    }

    @BeforeEach
    void run() {
        fleet.run(SERVICE, 2);
        lambda.awaitReady();
    }

    @AfterEach
    void stop() {
        function.close();
        lambda.close();
        fleet.close();
        alarm.close();
        List.of(alarms, notices, wakeUps, deadLetters).forEach(Mailbox::close);
    }

    @Test
    void whenAMetricGoesBad_thenTheFunctionReplacesTheSickTask_andAWakeUpFindsItHealed() throws IOException {
        until("the alarm is OK before anything is wrong", () -> alarm.state() == StateValue.OK);
        assertThat(deliver("not an alarm")).isEqualTo("{\"batchItemFailures\":[]}");
        victim = fleet.running(SERVICE).getFirst();
        fleet.makeSick(victim);

        until(
                "the sick task is replaced",
                () -> fleet.running(SERVICE).size() == 2
                        && !fleet.running(SERVICE).contains(victim));
        until("the incident is closed, and that is told", () -> noticed.contains("RESOLVED"));

        assertThat(fleet.wire().calls("StopTask")).singleElement().satisfies(call -> assertThat(call.body())
                .contains(victim));
        assertThat(noticed).contains("ACTING", "VERIFYING", "RESOLVED").doesNotHaveDuplicates();
        assertThat(awakened).as("wake-ups").isPositive();
        assertThat(deadLetters.take()).singleElement().satisfies(letter -> assertThat(letter.body())
                .contains("not an alarm"));
    }

    /** Reports the metric, invokes the function with what came, and reads its notices, until the condition holds. */
    private void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen within " + LIMIT + ": " + what + "; alarm " + alarm.state()
                        + ", noticed " + noticed + ", function: " + function.log());
            }
            alarm.report(fleet.running(SERVICE).contains(victim) ? 0.5 : 0);
            for (Message message : alarms.take()) {
                assertThat(deliver(message.body())).as(function::log).isEqualTo("{\"batchItemFailures\":[]}");
            }
            for (Message message : wakeUps.take()) {
                awakened++;
                assertThat(deliver(message.body())).as(function::log).isEqualTo("{\"batchItemFailures\":[]}");
            }
            for (Message message : notices.take()) {
                noticed.add(Mailbox.notification(message)
                        .path("MessageAttributes")
                        .path("state")
                        .path("Value")
                        .asText());
            }
        }
    }

    private String deliver(String body) {
        try {
            Map<String, String> row = Map.of("messageId", "m-1", "eventSource", "aws:sqs", "body", body);
            return switch (lambda.invoke(JSON.writeValueAsString(Map.of("Records", List.of(row))))) {
                case Answer.Response(String answer) -> answer;
                case Answer.Failure(String why) -> throw new AssertionError(why + "\n" + function.log());
            };
        } catch (JsonProcessingException e) {
            throw new AssertionError(body, e);
        }
    }
}
