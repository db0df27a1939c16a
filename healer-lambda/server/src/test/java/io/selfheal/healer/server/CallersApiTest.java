package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what, by the name that was asked and by the token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallersApiTest {

    private final RunningHealer healer = RunningHealer.with(Map.of(
            "test.paper", "true",
            "healer.probe.enabled", "false",
            "healer.operator-token", RunningHealer.OPERATOR,
            "healer.host-names", "healer.example"));

    @AfterAll
    void stop() {
        healer.close();
    }

    /** Java's own client lets nobody choose the name. */
    private String answer(String method, String path, String headers) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), healer.uri("/").getPort())) {
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nConnection: close\r\n" + headers.replace("; ", "\r\n")
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /incidents        | Host: 127.0.0.1:7070                                                    | 200
            GET  | /incidents        | Host: healer:7070                                                       | 200
            GET  | /incidents        | Host: healer.example                                                    | 200
            GET  | /incidents        | Host: evil.example:7070                                                 | 421
            HEAD | /incidents        | Host: evil.example:7070                                                 | 421
            GET  | /                 | Host: evil.example                                                      | 421
            GET  | /prometheus       | Host: evil.example                                                      | 421
            GET  | /now              | Host: evil.example                                                      | 421
            GET  | /health           | Host: evil.example                                                      | 200
            GET  | /health/readiness | Host: evil.example                                                      | 200
            GET  | /incidents        | Host: evil.example; Authorization: Bearer a-token-nobody-gave-out       | 421
            GET  | /incidents        | Host: evil.example; Authorization: Bearer correct-horse-battery-staple  | 200
            GET  | /incidents        | Host: evil.example; Authorization: Bearer a-token-that-only-people-have | 200
            POST | /signals/sns      | Host: evil.example; Content-Length: 0                                   | 400
            POST | /pause            | Host: evil.example; Content-Length: 0                                   | 401
            """)
    void givenTheNameThatWasAsked_thenAForeignOneIsRefusedWhereNoTokenIsShown(
            String method, String path, String headers, int status) throws IOException {
        assertThat(answer(method, path, headers)).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void givenAForeignName_thenTheRefusalSaysWhichSettingNamesIt() throws IOException {
        assertThat(answer("GET", "/incidents", "Host: evil.example:7070"))
                .contains("application/problem+json", "'evil.example:7070'", "HEALER_HOST_NAMES");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /pause                 | {"scope":"order","reason":"why","ttl":"PT1M","owner":"ann"} | 200
            /resume                | {"scope":"order","reason":"why","owner":"ann"}              | 200
            /rearm                 | {"reason":"why","owner":"ann"}                              | 422
            /incidents/01/approval | {"owner":"ann","reason":"why"}                              | 400
            /no/such/thing         | {}                                                          | 404
            """)
    void givenAnOperatorsToken_thenNoOtherChangesAnything(String path, String body, int asOperator) {
        HttpResponse<String> sender =
                healer.send(healer.withToken(path, RunningHealer.TOKEN).POST(BodyPublishers.ofString(body)));
        HttpResponse<String> operator =
                healer.send(healer.withToken(path, RunningHealer.OPERATOR).POST(BodyPublishers.ofString(body)));

        assertThat(sender.statusCode()).isEqualTo(403);
        assertThat(sender.body()).contains("HEALER_OPERATOR_TOKEN");
        assertThat(sender.headers().firstValue("WWW-Authenticate").orElse("")).contains("insufficient_scope");
        assertThat(operator.statusCode()).isEqualTo(asOperator);
    }

    @Test
    void givenAnOperatorsToken_thenMonitoringStillSendsReadsAndAsksWhatWouldHappen() {
        SimulatedFleet fleet = healer.bean(SimulatedFleet.class);
        TaskId victim = fleet.tasksOf(fleet.service("told", 3)).getFirst();
        String webhook = Webhooks.firing("told", victim.arn());

        for (String path : new String[] {"/signals/alertmanager", "/policies/explain"}) {
            assertThat(healer.send(healer.withToken(path, RunningHealer.TOKEN).POST(BodyPublishers.ofString(webhook)))
                            .statusCode())
                    .as(path)
                    .isBetween(200, 202);
        }
        assertThat(healer.send(healer.withToken("/incidents", RunningHealer.TOKEN)
                                .GET())
                        .statusCode())
                .isEqualTo(200);
        assertThat(healer.awaitIncident("told", "RESOLVED").path("id").asText()).isNotBlank();
    }

    @Test
    void givenNoOperatorsToken_whenApprovingInTheConsole_thenItIsRefusedWithTheReason() {
        try (RunningHealer alone = RunningHealer.with(Map.of(
                "test.paper", "true",
                "healer.probe.enabled", "false",
                "healer.approval.key", "0123456789abcdef0123456789abcdef",
                "healer.approval.public-url", "https://healer.example/"))) {
            HttpResponse<String> refused = alone.post("/incidents/01-a/approval", """
                    {"question":"00","attempt":1,"expiresAt":"2026-01-01T00:00:00Z","owner":"ann","reason":"why"}""");

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("HEALER_OPERATOR_TOKEN is not set");
            assertThat(alone.json("/now").at("/healer/approvals").asBoolean(true))
                    .isFalse();
        }
    }
}
