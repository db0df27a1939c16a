package io.selfheal.awsendpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.healer.aws.dynamo.DynamoSettings;
import io.selfheal.healer.server.stage.HealerProcess;
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
 * The whole way on AWS: a metric goes bad, CloudWatch changes the alarm, SNS and SQS carry that to the healer, a process of its own with its
 * store in DynamoDB; it stops the sick task on the embedded ECS endpoint, and says through SNS what it did.
 */
@AtAwsEndpoint(localStackOnly = true)
class AlarmHealingAtEndpointTest {
    private static final String SERVICE = "order";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** An alarm of one period of ten seconds is back to OK after three or four of them. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Mailbox alarms = Mailbox.open();
    private final Mailbox notices = Mailbox.open();
    private final Alarm alarm = new Alarm(SERVICE, alarms.topic());
    private final List<JsonNode> alarmMessages = new ArrayList<>();
    private final List<String> noticed = new ArrayList<>();
    private final TestFleet fleet;
    private final HealerProcess healer;
    private String victim = "";

    AlarmHealingAtEndpointTest(@TempDir Path folder) throws IOException {
        fleet = new TestFleet(folder.resolve("ecs"));
        DynamoSettings table = Tables.fresh();
        String endpoint = AwsEndpoint.get().uri().toString();
        healer = HealerProcess.launch(
                folder,
                Map.ofEntries(
                        Map.entry("AWS_ENDPOINT_URL", endpoint),
                        Map.entry("AWS_ENDPOINT_URL_ECS", fleet.endpoint().toString()),
                        Map.entry("AWS_REGION", AwsEndpoint.REGION),
                        Map.entry("AWS_ACCESS_KEY_ID", "test"),
                        Map.entry("AWS_SECRET_ACCESS_KEY", "test"),
                        Map.entry("HEALER_STORE", "dynamodb"),
                        Map.entry("HEALER_DYNAMO_TABLE", table.table()),
                        Map.entry("HEALER_SNS_TOPIC_ARN", notices.topic()),
                        // The alarm is to be what tells it; when it has told, each task is asked all the same.
                        Map.entry("HEALER_PROBE_ENABLED", "false"),
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
        healer.awaitReady();
    }

    @AfterEach
    void stop() {
        healer.close();
        fleet.close();
        alarm.close();
        notices.close();
        alarms.close();
    }

    @Test
    void whenAMetricGoesBad_thenTheAlarmMakesTheHealerReplaceTheSickTask_andItsEndClosesTheIncident()
            throws IOException {
        until("the alarm is OK before anything is wrong", () -> alarm.state() == StateValue.OK);
        victim = fleet.running(SERVICE).getFirst();
        fleet.makeSick(victim);

        until(
                "the sick task is replaced",
                () -> fleet.running(SERVICE).size() == 2
                        && !fleet.running(SERVICE).contains(victim));
        until("the alarm is OK again", () -> alarm.state() == StateValue.OK);
        until("the incident is closed, and that is told", () -> noticed.contains("RESOLVED"));

        assertThat(fleet.wire().calls("StopTask")).singleElement().satisfies(call -> assertThat(call.body())
                .contains(victim));
        assertThat(alarmMessages)
                .extracting(change -> change.path("NewStateValue").asText())
                .containsExactly("OK", "ALARM", "OK");
        assertThat(noticed).containsExactlyInAnyOrder("OPEN", "ACTING", "VERIFYING", "RESOLVED");
        assertThat(healer.get("/why?service=order&since=PT5M").orElse("")).contains("\"kind\":\"restart-task\"");
    }

    /** Reports the metric, carries the queue's messages to the healer, and reads its notices, until the condition holds. */
    private void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen within " + LIMIT + ": " + what + "; alarm " + alarm.state()
                        + ", noticed " + noticed + ", healer: " + healer.log());
            }
            alarm.report(fleet.running(SERVICE).contains(victim) ? 0.5 : 0);
            alarms.take().forEach(this::deliver);
            for (Message message : notices.take()) {
                noticed.add(Mailbox.notification(message)
                        .path("MessageAttributes")
                        .path("state")
                        .path("Value")
                        .asText());
            }
        }
    }

    /** As Lambda's event source mapping would: the queue is private, so nobody's signature is needed. */
    private void deliver(Message message) {
        try {
            alarmMessages.add(
                    JSON.readTree(Mailbox.notification(message).path("Message").asText()));
            Map<String, String> row =
                    Map.of("messageId", message.messageId(), "eventSource", "aws:sqs", "body", message.body());
            String event = JSON.writeValueAsString(Map.of("Records", List.of(row)));
            assertThat(healer.post("/signals/cloudwatch", event).statusCode()).isEqualTo(202);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + message.body(), e);
        }
    }
}
