package io.selfheal.healer.local;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.selfheal.healer.local.Incidents.ORDER;
import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Request;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Evidence.Part;
import io.selfheal.healer.evidence.LogLine;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.TaskId;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LokiEvidenceTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final long NOW = T0.getEpochSecond() * 1_000_000_000L + T0.getNano();

    private final WireMockServer loki = new WireMockServer(options().dynamicPort());

    @BeforeEach
    void start() {
        loki.start();
    }

    @AfterEach
    void stop() {
        loki.stop();
    }

    private Evidence gather() {
        return gather(loki.baseUrl());
    }

    private static Evidence gather(String address) {
        return new LokiEvidence(URI.create(address), InstantSource.fixed(T0)).gather(ORDER);
    }

    private void answers(String result) {
        loki.stubFor(any(anyUrl())
                .willReturn(okJson("{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[" + result
                        + "],\"stats\":{}}}")));
    }

    @Test
    void whenErrorsWereLogged_thenTheyAreKnown_theNewestFirst_eachWithItsTask() {
        answers("""
                {"stream": {"service_name": "order", "task_arn": "a1"}, "values": [
                  ["%d", "{\\"level\\":\\"ERROR\\",\\"message\\":\\"boom\\",\\"trace_id\\":\\"%s\\"}"], ["%d", "older"]]},
                {"stream": {"service_name": "order", "aws_ecs_task_arn": "a2"}, "values": [["%d", "password=x"]]},
                {"stream": {"service_name": "order"}, "values": [["%d", "oldest"]]}
                """.formatted(NOW, TRACE, NOW - 2_000_000_000L, NOW - 1_000_000_000L, NOW - 3_000_000_000L));

        assertThat(gather().logs())
                .isEqualTo(new Fact.Known<>(
                        List.of(
                                new LogLine(Optional.of(new TaskId("a1")), T0, "boom", Optional.of(TRACE)),
                                new LogLine(
                                        Optional.of(new TaskId("a2")),
                                        T0.minusSeconds(1),
                                        "password=[redacted]",
                                        Optional.empty()),
                                new LogLine(
                                        Optional.of(new TaskId("a1")), T0.minusSeconds(2), "older", Optional.empty()),
                                new LogLine(Optional.empty(), T0.minusSeconds(3), "oldest", Optional.empty())),
                        T0));
    }

    @Test
    void whenNothingWasLogged_thenThatIsKnown_andNothingElseIs() {
        answers("");

        assertThat(gather().logs()).isEqualTo(new Fact.Known<>(List.of(), T0));
        assertThat(gather().missing()).doesNotContainKey(Part.LOGS).hasSize(Part.values().length - 1);
    }

    @Test
    void whenAsked_thenItIsAboutErrorsOfTheService_inTheLastMinutes_theNewestFirst() {
        answers("");
        gather();

        Request request = loki.getAllServeEvents().getFirst().getRequest();
        assertThat(request.getUrl()).startsWith("/loki/api/v1/query_range?");
        assertThat(request.queryParameter("query").firstValue())
                .isEqualTo("{service_name=\"order\"} | json level=\"level\" | level=~\"(?i)error|fatal\""
                        + " or severity_text=~\"(?i)error|fatal\"");
        assertThat(request.queryParameter("start").firstValue()).isEqualTo(String.valueOf(NOW - 120_000_000_000L));
        assertThat(request.queryParameter("direction").firstValue()).isEqualTo("backward");
        assertThat(request.queryParameter("limit").firstValue()).isEqualTo("50");
    }

    @Test
    void whenLokiIsAway_orRefuses_orSpeaksOfSomethingElse_thenLogsAreUnknown_andNotNone() {
        assertThat(gather("http://127.0.0.1:1").missing(Part.LOGS))
                .hasValueSatisfying(why -> assertThat(why).startsWith("Loki: "));

        loki.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(400).withBody("parse error")));
        assertThat(gather().missing(Part.LOGS)).contains("Loki: it answered HTTP 400 and not in JSON");

        loki.stubFor(any(anyUrl())
                .willReturn(okJson("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}")));
        assertThat(gather().missing(Part.LOGS)).contains("Loki: expected streams, was 'matrix'");
    }
}
