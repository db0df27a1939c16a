package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.server.stage.BrittleStore;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.healer.server.stage.Webhooks.Sick;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignalsApiTest {

    private static final int MB = 1 << 20;

    private final RunningHealer healer = RunningHealer.onPaper();
    private final SimulatedFleet fleet = healer.bean(SimulatedFleet.class);

    @BeforeAll
    void startOutsideOfTests() {
        assertThat(healer.get("/health").statusCode()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        healer.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/signals/alertmanager", "/signals/grafana", "/signals/ecs", "/pause", "/resume", "/incidents"})
    void givenNoToken_whenPosting_then401(String path) {
        HttpResponse<String> response =
                healer.send(HttpRequest.newBuilder(healer.uri(path)).POST(BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        assertProblem(response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong-wrong-wrong-wrong", "Bearer", "Basic Zm9vOmJhcg==", RunningHealer.TOKEN})
    void givenAnotherToken_whenPosting_then401(String authorization) {
        HttpResponse<String> response = healer.send(HttpRequest.newBuilder(healer.uri("/signals/alertmanager"))
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void givenAHugeBodyOfAStranger_whenPosting_then401WithoutReadingIt() {
        HttpResponse<String> response = healer.send(HttpRequest.newBuilder(healer.uri("/signals/alertmanager"))
                .POST(BodyPublishers.ofByteArray(new byte[17 * MB])));

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void givenAnAlertmanagerWebhook_whenPosting_then202OnlyAfterItIsStored() {
        List<TaskId> tasks = fleet.tasksOf(fleet.service("stored", 3));
        double before = healer.metric("healer_signals_total{source=\"alertmanager\"}");

        HttpResponse<String> response = healer.post(
                "/signals/alertmanager",
                Webhooks.firing("stored", tasks.getFirst().arn()));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"accepted\":1,\"ignored\":0}");
        assertThat(healer.json("/incidents?service=stored").path("incidents")).hasSize(1);
        assertThat(healer.metric("healer_signals_total{source=\"alertmanager\"}"))
                .isEqualTo(before + 1);
    }

    @Test
    void givenAnAlertWithoutAService_whenPosting_thenItIsIgnoredAndCounted() {
        String body = Webhooks.firing("x", "y").replace("\"service_name\":\"x\",", "");

        HttpResponse<String> response = healer.post("/signals/alertmanager", body);

        assertThat(response.body()).isEqualTo("{\"accepted\":0,\"ignored\":1}");
        assertThat(healer.metric("healer_signals_ignored_total{source=\"alertmanager\"}"))
                .isPositive();
    }

    @Test
    void givenTheEnvelopeOfAnotherSender_whenPosting_then422SaysWhereItBelongs() {
        HttpResponse<String> response = healer.post("/signals/grafana", Webhooks.firing("a", "b"));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("/signals/alertmanager");
    }

    static Stream<Arguments> malformed() {
        String webhook = Webhooks.firing("order", "arn");
        return Stream.of(
                Arguments.of("nothing", new byte[0]),
                Arguments.of("blanks", bytes("   ")),
                Arguments.of("no JSON", bytes("alert!")),
                Arguments.of("half a webhook", bytes(webhook.substring(0, webhook.length() / 2))),
                Arguments.of("two webhooks", bytes(webhook + webhook)),
                Arguments.of("an array", bytes("[" + webhook + "]")),
                Arguments.of("a text", bytes("\"webhook\"")),
                Arguments.of("null", bytes("null")),
                Arguments.of("a number too long", bytes("{\"version\":" + "9".repeat(5000) + "}")),
                Arguments.of("an unknown object", bytes("{\"hello\":\"world\"}")),
                Arguments.of("alerts of the wrong type", bytes("{\"version\":\"4\",\"alerts\":{}}")),
                Arguments.of("UTF-16", webhook.getBytes(StandardCharsets.UTF_16)),
                Arguments.of("Latin-1", "{\"version\":\"4\",\"receiver\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)),
                Arguments.of("nested deeply", bytes("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))),
                Arguments.of("arrays nested deeply", bytes("[".repeat(1_000_000))),
                Arguments.of("10 MB of zeros", new byte[10 * MB]),
                Arguments.of("10 MB of blanks", blanks(10 * MB)),
                Arguments.of("10 MB of text", bytes("{\"version\":\"" + "x".repeat(10 * MB) + "\"}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void givenABodyThatCannotBeUnderstood_whenPosting_then4xxWithAReasonAndCounted(String name, byte[] body) {
        double before = refused();

        HttpResponse<String> response = healer.post("/signals/alertmanager", body);

        assertThat(response.statusCode()).isBetween(400, 499);
        assertProblem(response);
        assertThat(refused()).isEqualTo(before + 1);
        assertThat(healer.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void givenABodyOverTheLimit_whenPosting_then413WithAReason() {
        HttpResponse<String> whole = healer.post("/signals/alertmanager", new byte[17 * MB]);
        HttpResponse<String> chunked = healer.send(healer.authorised("/signals/alertmanager")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[17 * MB]))));

        assertThat(List.of(whole, chunked)).allSatisfy(response -> {
            assertThat(response.statusCode()).isEqualTo(413);
            assertProblem(response);
        });
    }

    @Test
    void givenManyHugeBodiesAtOnce_whenPosting_thenEachIsRefusedOrSentAwayAndTheHealerLives() {
        List<Integer> answers = Stream.generate(() -> blanks(10 * MB))
                .limit(6)
                .parallel()
                .map(body -> healer.post("/signals/alertmanager", body).statusCode())
                .toList();

        assertThat(answers).allMatch(status -> status == 422 || status == 503).contains(422);
        assertThat(healer.post("/signals/alertmanager", blanks(10 * MB)).statusCode())
                .isEqualTo(422);
    }

    @Test
    void givenTheStoreIsDown_whenPosting_then503AndTheRetryDelivers() {
        List<TaskId> tasks = fleet.tasksOf(fleet.service("retried", 3));
        String webhook = Webhooks.firing("retried", tasks.getFirst().arn());
        BrittleStore store = healer.bean(BrittleStore.class);

        store.down(true);
        HttpResponse<String> refused = healer.post("/signals/alertmanager", webhook);
        store.down(false);
        HttpResponse<String> retried = healer.post("/signals/alertmanager", webhook);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertProblem(refused);
        assertThat(retried.statusCode()).isEqualTo(202);
        healer.awaitIncident("retried", "RESOLVED");
    }

    @Test
    void givenTheSameAlertOfTwoAlertmanagers_whenPostedTogether_thenOneAction() {
        List<TaskId> tasks = fleet.tasksOf(fleet.service("twice", 3));
        String webhook =
                Webhooks.firing(List.of(new Sick("twice", tasks.getFirst().arn(), Instant.now())));

        Stream.of(webhook, webhook, webhook, webhook).parallel().forEach(body -> assertThat(
                        healer.post("/signals/alertmanager", body).statusCode())
                .isEqualTo(202));

        healer.awaitIncident("twice", "RESOLVED");
        assertThat(healer.json("/incidents?service=twice").path("incidents")).hasSize(1);
        assertThat(fleet.applied())
                .filteredOn(one -> one.action().service().service().equals("twice"))
                .hasSize(1);
    }

    private double refused() {
        return Stream.of("400", "413", "422")
                .mapToDouble(status ->
                        healer.metric("healer_bodies_refused_total{source=\"alertmanager\",status=\"" + status + "\"}"))
                .sum();
    }

    private static void assertProblem(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(RunningHealer.tree(response).path("detail").asText()).isNotBlank();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] blanks(int length) {
        byte[] blanks = new byte[length];
        Arrays.fill(blanks, (byte) ' ');
        return blanks;
    }
}
