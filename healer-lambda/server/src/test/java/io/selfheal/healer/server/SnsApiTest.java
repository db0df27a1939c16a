package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.server.stage.PaperSns;
import io.selfheal.healer.sns.Letter;
import io.selfheal.healer.sns.TestAuthority;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnsApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RunningHealer healer;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path authorities = Files.write(folder.resolve("root.pem"), TestAuthority.file(TestAuthority.ROOT));
        healer = RunningHealer.with(Map.of(
                "test.paper",
                "true",
                "healer.probe.enabled",
                "false",
                "healer.sns.topics",
                " " + Letter.TOPIC + " ,arn:aws:sns:eu-west-1:000000000000:other",
                "healer.sns.authorities",
                authorities.toString()));
        Instant now = Instant.now();
        healer.bean(PaperSns.class)
                .certificate(TestAuthority.file(TestAuthority.sns()
                        .issuer("CN=Test Root", TestAuthority.ROOT_KEY)
                        .good(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)))
                        .build()));
    }

    @AfterAll
    void stop() {
        healer.close();
    }

    /** As SNS posts: without a token, as text. */
    private HttpResponse<String> post(byte[] body) {
        return healer.send(HttpRequest.newBuilder(healer.uri("/signals/sns"))
                .header("Content-Type", "text/plain; charset=UTF-8")
                .header("x-amz-sns-message-type", "Notification")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static Letter now(Letter letter) {
        return letter.with("Timestamp", Instant.now().toString()).signed();
    }

    private static String alarm(String service) {
        ObjectNode alarm = JSON.createObjectNode()
                .put("AlarmName", service + "-errors")
                .put("AlarmArn", "arn:aws:cloudwatch:eu-west-1:000000000000:alarm:" + service + "-errors")
                .put("NewStateValue", "ALARM")
                .put("OldStateValue", "OK")
                .put("StateChangeTime", "2026-01-01T00:05:00.123+0000");
        alarm.putObject("Trigger")
                .put("MetricName", "Errors")
                .put("Namespace", "Shop")
                .putArray("Dimensions")
                .addObject()
                .put("name", "service_name")
                .put("value", service);
        return alarm.toString();
    }

    @Test
    void givenASignedNotificationWithAnAlarm_whenPostedWithoutAToken_thenItIsSaved() {
        healer.bean(SimulatedFleet.class).service("alarmed", 3);

        HttpResponse<String> response = post(
                now(Letter.notification().with("Message", alarm("alarmed"))).bytes());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"accepted\":1,\"ignored\":0}");
        assertThat(healer.json("/incidents?service=alarmed").path("incidents")).hasSize(1);
        assertThat(healer.metric("healer_signals_total{source=\"cloudwatch\"}")).isPositive();
    }

    @Test
    void givenTheQuestionWhetherItMaySend_thenItIsConfirmed() {
        HttpResponse<String> response =
                post(now(Letter.confirmation("SubscriptionConfirmation")).bytes());

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(healer.bean(PaperSns.class).confirmed())
                .singleElement()
                .asString()
                .startsWith(Letter.HOST + "?Action=ConfirmSubscription");
    }

    @Test
    void givenAForgedMessage_then403WithTheReason_andItIsCounted() {
        HttpResponse<String> response =
                post(now(Letter.notification()).with("Message", alarm("order")).bytes());

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("SIGNATURE: ");
        assertThat(healer.metric("healer_bodies_refused_total{source=\"sns\",status=\"403\"}"))
                .isPositive();
    }

    @Test
    void givenAGenuineMessageThatSaysNothing_then422() {
        assertThat(post(now(Letter.notification().with("Message", "Alerts Firing:"))
                                .bytes())
                        .body())
                .contains("plain text", "observability/amp");
    }

    @Test
    void givenAStrangersHugeBody_thenItIsNotRead() {
        assertThat(post(new byte[700 * 1024]).statusCode()).isEqualTo(413);
        HttpResponse<String> unsaid = healer.send(HttpRequest.newBuilder(healer.uri("/signals/sns"))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10]))));
        assertThat(unsaid.statusCode()).isEqualTo(411);
    }

    @Test
    void givenNoTopics_then404SaysWhatToSet() {
        try (RunningHealer closed = RunningHealer.onPaper()) {
            HttpResponse<String> response = closed.send(HttpRequest.newBuilder(closed.uri("/signals/sns"))
                    .POST(BodyPublishers.ofByteArray(Letter.notification().bytes())));

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("HEALER_SNS_TOPICS");
        }
    }

    @Test
    void givenAnEventOfCloudWatch_whenPostedWithTheToken_thenItIsSavedToo() {
        healer.bean(SimulatedFleet.class).service("evented", 3);
        String event = """
                {"detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch",
                 "resources":["arn:aws:cloudwatch:eu-west-1:000000000000:alarm:evented"],
                 "detail":{"alarmName":"evented","alarmTags":{"selfheal:service":"evented"},
                           "state":{"value":"ALARM","timestamp":"2026-01-01T00:05:00.123+0000"}}}
                """;

        assertThat(healer.post("/signals/cloudwatch", event).statusCode()).isEqualTo(202);
        assertThat(healer.post("/signals/ecs", event).body()).contains("/signals/cloudwatch");
    }
}
