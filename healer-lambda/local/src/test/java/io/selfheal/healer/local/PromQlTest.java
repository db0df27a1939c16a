package io.selfheal.healer.local;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.selfheal.healer.fact.Fact;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromQlTest {
    private static final String PATH = "/prefix/api/v1/query";
    // as Prometheus 3 answers
    private static final String VECTOR = """
            {"status":"success","data":{"resultType":"vector","result":[%s]}%s}""";
    private static final String SAMPLE = """
            {"metric":{"cluster":"selfheal","service_name":"%s"},"value":[1767323045.678,"%s"]}""";

    private final WireMockServer prometheus = new WireMockServer(options().dynamicPort());
    private PromQl promQl;

    @BeforeEach
    void start() {
        prometheus.start();
        // Generous, since the machine may be busy.
        promQl = patient(Duration.ofSeconds(30));
    }

    private PromQl patient(Duration timeout) {
        return new PromQl(URI.create(prometheus.baseUrl() + "/prefix"), timeout, InstantSource.fixed(T0));
    }

    @AfterEach
    void stop() {
        prometheus.stop();
    }

    @Test
    void whenItAnswersAVector_thenEachSampleHasItsLabelsAndValue() {
        answer(VECTOR.formatted(SAMPLE.formatted("order", "12.5") + "," + SAMPLE.formatted("user", "+Inf"), ""));

        assertThat(known("sum(up{job=\"task\"}) > 1"))
                .containsExactly(sample("order", 12.5), sample("user", Double.POSITIVE_INFINITY));
        prometheus.verify(getRequestedFor(urlPathEqualTo(PATH))
                .withQueryParam("query", equalTo("sum(up{job=\"task\"}) > 1"))
                .withQueryParam("time", equalTo(T0.toString()))
                .withQueryParam("timeout", equalTo("30000ms")));
    }

    @Test
    void whenItAnswersAScalar_thenThatIsOneSampleWithoutLabels() {
        answer("{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1767323045.678,\"3\"]}}");

        assertThat(known("3")).containsExactly(new PromQl.Sample(new TreeMap<>(), 3));
    }

    @Test
    void whenNothingMatchesOrASampleIsNoNumber_thenItIsLeftOut_andNeverZero() {
        answer(VECTOR.formatted("", ""));
        assertThat(known("up")).isEmpty();

        answer(VECTOR.formatted(SAMPLE.formatted("order", "NaN") + "," + SAMPLE.formatted("user", "1"), ""));
        assertThat(known("up")).containsExactly(sample("user", 1));
    }

    @Test
    void whenItRefusesTheQuery_thenItsReasonIsTold() {
        answer(aResponse().withStatus(400).withBody("""
                {"status":"error","errorType":"bad_data","error":"invalid parameter \\"query\\": 1:4: parse error"}"""));

        assertUnknown("Prometheus: it answered HTTP 400 bad_data invalid parameter \"query\": 1:4: parse error");
    }

    @Test
    void whenTheAnswerMayBeIncomplete_thenUnknown_butARemarkOnStyleIsNone() {
        answer(VECTOR.formatted(SAMPLE.formatted("order", "1"), ",\"warnings\":[\"remote read failed\"]"));
        assertUnknown("remote read failed");

        answer(VECTOR.formatted(
                SAMPLE.formatted("order", "1"), ",\"warnings\":[\"PromQL info: metric might not be a counter\"]"));
        assertThat(known("up")).hasSize(1);
    }

    @Test
    void whenItTalksNonsense_thenUnknown() {
        for (String nonsense : List.of(
                "",
                "nonsense",
                "[]",
                "[".repeat(100_000),
                "{\"status\":\"success\"}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":{}}}",
                VECTOR.formatted("{\"metric\":{}}", ""),
                VECTOR.formatted(SAMPLE.formatted("order", "many"), ""))) {
            answer(nonsense);
            assertUnknown("Prometheus: ");
        }
    }

    @Test
    void whenItIsAway_thenUnknown() {
        answer(aResponse().withStatus(503).withBody("upstream is away"));
        assertUnknown("HTTP 503 and not in JSON");
        answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        assertUnknown("Prometheus: ");
        prometheus.stop();
        assertUnknown("Prometheus: ");
    }

    @Test
    void whenTheAnswerIsHuge_thenUnknown_andItIsNotReadToItsEnd() {
        answer(VECTOR.formatted("\"" + "x".repeat(5 * 1024 * 1024) + "\"", ""));

        assertUnknown("Prometheus: ");
    }

    @Test
    void whenTheAnswerDripsForEver_thenUnknownAtTheTimeout() {
        answer(okJson(VECTOR.formatted(SAMPLE.formatted("order", "1"), "")).withChunkedDribbleDelay(1000, 60_000));

        PromQl impatient = patient(Duration.ofMillis(500));
        assertThat(impatient.query("up", T0)).isEqualTo(new Fact.Unknown<>("Prometheus: no answer within 500 ms"));
    }

    @Test
    void whenATextGoesIntoAQuery_thenItCannotEndTheLiteral() {
        assertThat(PromQl.literal("a\"} or vector(1) # \\ \n é")).isEqualTo("\"a\\x22} or vector(1) # \\x5c \\x0a é\"");
    }

    private void answer(String body) {
        answer(okJson(body));
    }

    private void answer(ResponseDefinitionBuilder response) {
        prometheus.stubFor(get(urlPathEqualTo(PATH)).willReturn(response));
    }

    private List<PromQl.Sample> known(String expression) {
        Fact<List<PromQl.Sample>> fact = promQl.query(expression, T0);
        assertThat(fact).isInstanceOf(Fact.Known.class);
        return ((Fact.Known<List<PromQl.Sample>>) fact).value();
    }

    private void assertUnknown(String why) {
        assertThat(promQl.query("up", T0))
                .isInstanceOfSatisfying(
                        Fact.Unknown.class, unknown -> assertThat(unknown.why()).contains(why));
    }

    private static PromQl.Sample sample(String service, double value) {
        return new PromQl.Sample(new TreeMap<>(Map.of("cluster", "selfheal", "service_name", service)), value);
    }
}
