package io.selfheal.healer.local;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.selfheal.healer.local.Incidents.ORDER;
import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.selfheal.healer.evidence.Calls;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Evidence.Part;
import io.selfheal.healer.evidence.Trace;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.TaskId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PrometheusEvidenceTest {
    private static final String REQUESTS = ".*requests_seconds_count\\{.*uri!~\"[^\"]*\"}.*";
    private static final String ERRORS = ".*requests_seconds_count\\{.*status=~\"5\\.\\.\".*";
    private static final String QUICK = ".*requests_seconds_bucket\\{.*le=\"0\\.25\".*";
    private static final String FAILED_PER_TASK = "sum by \\(task_arn\\).*dependency_calls.*outcome!=\"answered\".*";
    private static final String CALLS = "sum by \\(dependency\\).*dependency_calls.*service_name=\"order\"}.*";
    private static final String FAILED = "sum by \\(dependency\\).*dependency_calls.*outcome!=\"answered\".*";
    private static final String TO_IT = "sum by \\(dependency\\).*dependency_calls.*dependency=\"order\".*";
    private static final String RETRIES = ".*dependency_retries_total.*dependency=\"order\".*";

    private final WireMockServer prometheus = new WireMockServer(options().dynamicPort());

    @BeforeEach
    void start() {
        prometheus.start();
        prometheus.stubFor(any(anyUrl()).willReturn(okJson(vector(""))));
    }

    @AfterEach
    void stop() {
        prometheus.stop();
    }

    private Evidence gather() {
        return gather(prometheus.baseUrl());
    }

    private static Evidence gather(String address) {
        return new PrometheusEvidence(URI.create(address), Duration.ofSeconds(10), InstantSource.fixed(T0))
                .gather(ORDER);
    }

    private static String vector(String samples) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + samples + "]}}";
    }

    private void answer(String query, String label, Map<String, Double> values) {
        String samples = values.entrySet().stream()
                .map(value -> "{\"metric\":{\"%s\":\"%s\"},\"value\":[1767323045,\"%s\"]}"
                        .formatted(label, value.getKey(), value.getValue()))
                .collect(Collectors.joining(","));
        prometheus.stubFor(get(urlPathEqualTo("/api/v1/query"))
                .withQueryParam("query", matching(query))
                .willReturn(okJson(vector(samples))));
    }

    private void breaks(String query) {
        prometheus.stubFor(get(urlPathEqualTo("/api/v1/query"))
                .withQueryParam("query", matching(query))
                .willReturn(aResponse().withStatus(503).withBody("no")));
    }

    private static Vitals vitals(Evidence evidence, String task) {
        if (evidence.vitals() instanceof Fact.Known<Map<TaskId, Vitals>>(var vitals, var readAt)) {
            assertThat(readAt).isEqualTo(T0);
            Vitals of = vitals.get(new TaskId(task));
            if (of != null) {
                return of;
            }
        }
        throw new AssertionError("nothing is known of " + task + ": " + evidence);
    }

    @Test
    void whenTasksServe_thenTheirOwnErrorsAreThoseThatNoFailedCallExplains() {
        answer(REQUESTS, "task_arn", Map.of("a1", 10.0, "a2", 10.0, "a3", 4.0));
        answer(ERRORS, "task_arn", Map.of("a1", 5.0, "a2", 5.0));
        answer(FAILED_PER_TASK, "task_arn", Map.of("a1", 4.0, "a2", 6.0));
        answer(QUICK, "task_arn", Map.of("a1", 10.0, "a2", 2.0, "a3", 4.0));

        Evidence evidence = gather();

        assertThat(vitals(evidence, "a1").requestsPerSecond()).isEqualTo(10.0);
        assertThat(vitals(evidence, "a1").errorShare()).isEqualTo(0.1, within(1e-9));
        assertThat(vitals(evidence, "a1").slowShare()).isZero();
        assertThat(vitals(evidence, "a2").errorShare()).isZero();
        assertThat(vitals(evidence, "a2").slowShare()).isEqualTo(0.8, within(1e-9));
        assertThat(vitals(evidence, "a3")).isEqualTo(new Vitals(4, 0, 0));
    }

    @Test
    void whenATaskServedNothing_orItsTimesAreNotCounted_thenNothingIsKnownOfIt() {
        answer(REQUESTS, "task_arn", Map.of("a1", 10.0, "idle", 0.0, "timeless", 3.0));
        answer(QUICK, "task_arn", Map.of("a1", 9.0, "idle", 0.0));

        assertThat(gather().vitals().map(Map::keySet)).isEqualTo(new Fact.Known<>(Set.of(new TaskId("a1")), T0));
    }

    @Test
    void whenOneOfItsQuestionsHasNoAnswer_thenVitalsAreUnknown_andNotFree() {
        for (String query : new String[] {REQUESTS, ERRORS, QUICK, FAILED_PER_TASK}) {
            prometheus.resetMappings();
            prometheus.stubFor(any(anyUrl()).willReturn(okJson(vector(""))));
            answer(REQUESTS, "task_arn", Map.of("a1", 10.0));
            breaks(query);

            assertThat(gather().missing(Part.VITALS)).as(query).isPresent();
        }
    }

    @Test
    void whenItCalls_thenTheSharesOfFailedCallsAreKnownByCallee() {
        answer(CALLS, "dependency", Map.of("product", 8.0, "user", 2.0, "silent", 0.0));
        answer(FAILED, "dependency", Map.of("product", 6.0));

        assertThat(gather().calls())
                .isEqualTo(new Fact.Known<>(Map.of("product", new Calls(8, 0.75), "user", new Calls(2, 0)), T0));
    }

    @Test
    void whenFailedCallsCannotBeRead_thenCallsAreUnknown_andNotAllWell() {
        answer(CALLS, "dependency", Map.of("product", 8.0));
        breaks(FAILED);

        assertThat(gather().missing(Part.CALLS)).isPresent();
    }

    @Test
    void whenItIsCalled_thenTheShareOfRetriesIsOfAllAttempts() {
        answer(TO_IT, "dependency", Map.of("order", 6.0));
        answer(RETRIES, "dependency", Map.of("order", 2.0));

        assertThat(gather().retryShare()).isEqualTo(new Fact.Known<>(0.25, T0));
    }

    @Test
    void whenNobodyCountsCallsToIt_thenRetriesAreUnknown_andWhenNoneIsRepeatedZero() {
        assertThat(gather().missing(Part.RETRIES)).contains("no service that calls it counts its calls");

        answer(TO_IT, "dependency", Map.of("order", 6.0));

        assertThat(gather().retryShare()).isEqualTo(new Fact.Known<>(0.0, T0));
    }

    @Test
    void whenPrometheusIsAway_thenEveryPartIsUnknown() {
        assertThat(gather("http://127.0.0.1:1").missing()).containsOnlyKeys(Part.values());
    }

    @Test
    void whenAsked_thenEachQuestionIsAboutTheClusterAndTheWindow_atOneTime() {
        gather();

        assertThat(prometheus.getAllServeEvents())
                .extracting(ServeEvent::getRequest)
                .filteredOn(request -> request.getUrl().startsWith("/api/v1/query?"))
                .hasSize(8)
                .allSatisfy(request -> {
                    assertThat(request.queryParameter("query").firstValue())
                            .contains("{job=\"task\",cluster=\"selfheal\",")
                            .endsWith("[10s]))");
                    assertThat(request.queryParameter("time").firstValue()).isEqualTo(T0.toString());
                });
    }

    @Test
    void whenTheWindowIsShorterThanASecond_thenItIsRefused() {
        assertThatThrownBy(() -> new PrometheusEvidence(
                        URI.create("http://127.0.0.1:9090"), Duration.ofMillis(500), InstantSource.fixed(T0)))
                .hasMessage("window: expected a second or more, was PT0.5S");
    }

    @Nested
    class GivenExemplars {
        private static final String FAILED_ONES =
                ".*bucket\\{job=\"task\",cluster=\"selfheal\",service_name=\"order\",.*," + "status=~\"5\\.\\.\".*";
        private static final Instant MILLIS = T0.truncatedTo(ChronoUnit.MILLIS);
        private static final String SLOW_ONES = ".*bucket\\{.*status!~\"5\\.\\.\".*";
        private static final String SERIES = """
                {"seriesLabels": {"__name__": "http_server_requests_seconds_bucket", "task_arn": "%s"}, "exemplars": [%s]}""";

        @BeforeEach
        void none() {
            flags("exemplar-storage");
            for (String query : new String[] {FAILED_ONES, SLOW_ONES}) {
                exemplars(query, "");
            }
        }

        private void flags(String features) {
            prometheus.stubFor(get(urlPathEqualTo("/api/v1/status/flags"))
                    .willReturn(okJson("{\"status\":\"success\",\"data\":{\"enable-feature\":\"" + features + "\"}}")));
        }

        private void exemplars(String query, String series) {
            prometheus.stubFor(get(urlPathEqualTo("/api/v1/query_exemplars"))
                    .withQueryParam("query", matching(query))
                    .willReturn(okJson("{\"status\":\"success\",\"data\":[" + series + "]}")));
        }

        private static String one(String id, double seconds, int before) {
            return "{\"labels\":{\"trace_id\":\"%s\",\"span_id\":\"1\"},\"value\":\"%s\",\"timestamp\":%s}"
                    .formatted(id, seconds, T0.getEpochSecond() - before + ".678");
        }

        private static String id(int digit) {
            return String.valueOf(digit).repeat(32);
        }

        @Test
        void thenOfEachTaskItIsTheNewestFailed_orElseTheSlowest() {
            exemplars(
                    FAILED_ONES,
                    SERIES.formatted("a1", one(id(1), 0.002, 9) + "," + one(id(2), 0.001, 1)) + ","
                            + SERIES.formatted("a1", one(id(3), 0.5, 5)));
            exemplars(
                    SLOW_ONES,
                    SERIES.formatted("a1", one(id(4), 9, 1)) + ","
                            + SERIES.formatted("a2", one(id(5), 0.3, 1) + "," + one(id(6), 0.8, 60)));

            assertThat(gather().traces())
                    .isEqualTo(new Fact.Known<>(
                            Map.of(
                                    new TaskId("a1"),
                                    new Trace(id(2), true, Duration.ofMillis(1), MILLIS.minusSeconds(1)),
                                    new TaskId("a2"),
                                    new Trace(id(6), false, Duration.ofMillis(800), MILLIS.minusSeconds(60))),
                            T0));
        }

        @Test
        void thenTheLastMinutesAreAskedFor() {
            gather();

            assertThat(prometheus.getAllServeEvents())
                    .extracting(ServeEvent::getRequest)
                    .filteredOn(request -> request.getUrl().contains("exemplars"))
                    .hasSize(2)
                    .allSatisfy(request -> {
                        assertThat(request.queryParameter("start").firstValue())
                                .isEqualTo(T0.minusSeconds(120).toString());
                        assertThat(request.queryParameter("end").firstValue()).isEqualTo(T0.toString());
                    });
        }

        @Test
        void thenWhatIsNoTraceIdOrOfNoTaskIsLeftOut() {
            exemplars(
                    FAILED_ONES,
                    SERIES.formatted("a1", one("<script>", 1, 1)) + "," + SERIES.formatted("", one(id(1), 1, 1)));

            assertThat(gather().traces()).isEqualTo(new Fact.Known<>(Map.of(), T0));
        }

        @Test
        void whenItKeepsNone_orThatCannotBeTold_thenTracesAreUnknown_andNotNone() {
            flags("");

            assertThat(gather().missing(Part.TRACE))
                    .contains("Prometheus keeps no exemplars: it wants --enable-feature=exemplar-storage");

            prometheus.stubFor(get(urlPathEqualTo("/api/v1/status/flags"))
                    .willReturn(aResponse().withStatus(404).withBody("{}")));

            assertThat(gather().missing(Part.TRACE))
                    .hasValueSatisfying(
                            why -> assertThat(why)
                                    .startsWith(
                                            "no exemplar came, and whether any are kept is not known: Prometheus: it answered HTTP 404"));
        }

        @Test
        void whenOneQuestionHasNoAnswer_thenTracesAreUnknown() {
            for (String query : new String[] {FAILED_ONES, SLOW_ONES}) {
                none();
                prometheus.stubFor(get(urlPathEqualTo("/api/v1/query_exemplars"))
                        .withQueryParam("query", matching(query))
                        .willReturn(aResponse().withStatus(503).withBody("no")));

                assertThat(gather().missing(Part.TRACE)).as(query).isPresent();
            }
        }
    }
}
