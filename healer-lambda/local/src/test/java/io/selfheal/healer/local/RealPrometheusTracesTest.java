package io.selfheal.healer.local;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.selfheal.healer.local.Incidents.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Evidence.Part;
import io.selfheal.healer.evidence.Trace;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exemplars as a task gives them, scraped by a real Prometheus, where one is installed. */
class RealPrometheusTracesTest {
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(60);
    private static final String FAILED = "0af7651916cd43dd8448eb211c80319c";
    private static final String SLOW = "4bf92f3577b34da6a3ce929d0e0e4736";
    private final WireMockServer task = new WireMockServer(options().dynamicPort());

    @BeforeEach
    void serve() {
        task.start();
        task.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/openmetrics-text; version=1.0.0; charset=utf-8")
                        .withBody(metrics())));
    }

    private static String metrics() {
        return """
            # TYPE http_server_requests_seconds histogram
            http_server_requests_seconds_bucket{uri="/orders",status="500",le="0.1"} 3 # {span_id="00f067aa0ba902b7",trace_id="%s"} 0.012 %s
            http_server_requests_seconds_bucket{uri="/orders",status="500",le="+Inf"} 3
            http_server_requests_seconds_count{uri="/orders",status="500"} 3
            http_server_requests_seconds_sum{uri="/orders",status="500"} 0.1
            http_server_requests_seconds_bucket{uri="/orders",status="200",le="0.25"} 5 # {trace_id="5bf92f3577b34da6a3ce929d0e0e4736"} 0.2
            http_server_requests_seconds_bucket{uri="/orders",status="200",le="1.0"} 9 # {span_id="00f067aa0ba902b7",trace_id="%s"} 0.75
            http_server_requests_seconds_bucket{uri="/orders",status="200",le="+Inf"} 9
            http_server_requests_seconds_count{uri="/orders",status="200"} 9
            http_server_requests_seconds_sum{uri="/orders",status="200"} 3
            # EOF
            """.formatted(FAILED, Instant.now().getEpochSecond(), SLOW);
    }

    @AfterEach
    void stop() {
        task.stop();
    }

    /** Two tasks, of which the second one's failed requests do not count. */
    private String configuration() {
        return """
                global: {scrape_interval: 500ms, scrape_timeout: 400ms}
                scrape_configs:
                  - job_name: task
                    static_configs:
                      - targets: ["127.0.0.1:%1$d"]
                        labels: {cluster: selfheal, service_name: order, task_arn: a1}
                      - targets: ["localhost:%1$d"]
                        labels: {cluster: selfheal, service_name: order, task_arn: a2}
                    metric_relabel_configs:
                      - {source_labels: [task_arn, status], regex: a2;500, action: drop}
                """.formatted(task.port());
    }

    @Test
    void whenItKeepsExemplars_thenTheSickTasksFailedRequestComesBack_andOfTheOtherTheSlowOne(@TempDir Path directory)
            throws Exception {
        try (RealPrometheus prometheus =
                RealPrometheus.start(directory, configuration(), "--enable-feature=exemplar-storage")) {
            Evidence evidence = await(prometheus, seen -> traces(seen).size() == 2);

            Trace ofSick = traces(evidence).get(new TaskId("a1"));
            assertThat(ofSick)
                    .isNotNull()
                    .extracting(Trace::id, Trace::failed, Trace::took)
                    .containsExactly(FAILED, true, Duration.ofMillis(12));
            Trace ofOther = traces(evidence).get(new TaskId("a2"));
            assertThat(ofOther)
                    .isNotNull()
                    .extracting(Trace::id, Trace::failed, Trace::took)
                    .containsExactly(SLOW, false, Duration.ofMillis(750));
        }
    }

    @Test
    void whenItKeepsNoExemplars_thenTracesAreUnknown_andNotNone(@TempDir Path directory) throws Exception {
        try (RealPrometheus prometheus = RealPrometheus.start(directory, configuration())) {
            assertThat(gather(prometheus).missing(Part.TRACE))
                    .contains("Prometheus keeps no exemplars: it wants --enable-feature=exemplar-storage");
        }
    }

    private static Evidence gather(RealPrometheus prometheus) {
        return new PrometheusEvidence(prometheus.address(), Duration.ofSeconds(30), InstantSource.system())
                .gather(ORDER);
    }

    private static Map<TaskId, Trace> traces(Evidence evidence) {
        return evidence.traces() instanceof Fact.Known<Map<TaskId, Trace>>(Map<TaskId, Trace> traces, Instant _)
                ? traces
                : Map.of();
    }

    private static Evidence await(RealPrometheus prometheus, Predicate<Evidence> wanted) {
        Instant end = Instant.now().plus(SEEN_WITHIN);
        Evidence evidence = gather(prometheus);
        while (!wanted.test(evidence)) {
            assertThat(Instant.now()).as("%s", evidence.traces()).isBefore(end);
            evidence = gather(prometheus);
        }
        return evidence;
    }
}
