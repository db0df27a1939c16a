package io.selfheal.shop.kit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.selfheal.shop.kit.sample.Sample;
import io.selfheal.shop.kit.testkit.Answer;
import io.selfheal.shop.kit.testkit.Await;
import io.selfheal.shop.kit.testkit.Browser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Metrics, traces and logs of one request, and how they lead to each other. */
class TelemetryTest {

    private static final String PARENT = "00f067aa0ba902b7";

    private static Sample sample;
    private static Browser browser;

    @BeforeAll
    static void start() {
        sample = Sample.start(Map.of("otel.traces.exporter", "memory", "otel.bsp.schedule.delay", "20"));
        browser = sample.browser();
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    private static Answer ask(String path, String traceId) {
        return browser.get(path, "traceparent", "00-" + traceId + "-" + PARENT + "-01");
    }

    private static List<SpanData> spans(String traceId) {
        return MemorySpans.SPANS.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(traceId))
                .toList();
    }

    private static SpanData server(String traceId) {
        Await.until("the server span", () -> spans(traceId).stream().anyMatch(s -> s.getKind() == SpanKind.SERVER));
        return spans(traceId).stream()
                .filter(s -> s.getKind() == SpanKind.SERVER)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whenOpenMetricsIsAskedFor_thenBucketsCarryTheTrace() {
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4731";
        ask("/things/1", traceId);

        Answer open =
                browser.get("/prometheus", "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        Answer plain = browser.get("/prometheus");

        assertThat(open.contentType()).startsWith("application/openmetrics-text");
        assertThat(open.body().lines())
                .anyMatch(line -> line.startsWith(
                                "http_server_requests_seconds_bucket{method=\"GET\",status=\"200\",uri=\"/things/{id}\"")
                        && line.contains("trace_id=\"" + traceId + "\""));
        assertThat(open.body()).endsWith("# EOF\n");
        assertThat(plain.contentType()).startsWith("text/plain");
        assertThat(plain.body()).doesNotContain("trace_id");
    }

    @Test
    void whenNothingFailedYet_thenTheErrorSeriesExistWithTheBoundsOfTheObjectives() {
        String body = browser.get("/prometheus").body();

        for (String bound : List.of("0.005", "0.1", "0.25", "0.5", "1.0", "2.5", "+Inf")) {
            assertThat(body)
                    .contains("http_server_requests_seconds_bucket{method=\"POST\",status=\"500\",uri=\"/things\",le=\""
                            + bound + "\"} 0");
        }
        assertThat(body)
                .contains("http_server_requests_seconds_count{method=\"POST\",status=\"500\",uri=\"/things\"} 0");
        assertThat(body).doesNotContain("status=\"500\",uri=\"/health").doesNotContain("status=\"500\",uri=\"/openapi");
        assertThat(body).contains("http_server_inflight_oldest_seconds 0.0", "http_server_inflight_requests 0.0");
        assertThat(body).contains("process_cpu_usage", "system_cpu_count", "hikaricp_connections_max{");
    }

    @Test
    void whenAnExceptionIsThrown_thenItCountsInTheSeriesThatExisted() {
        String series = "http_server_requests_seconds_count{method=\"GET\",status=\"500\",uri=\"/things/broken\"}";
        double before = browser.metric(series);

        browser.get("/things/broken");

        assertThat(browser.metric(series)).isEqualTo(before + 1);
    }

    @Test
    void whenTheDatabaseIsAsked_thenItsSpanHangsUnderTheRequest() {
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4732";
        ask("/things/1", traceId);

        SpanData server = server(traceId);

        assertThat(server.getParentSpanId()).isEqualTo(PARENT);
        assertThat(server.getResource().getAttributes().toString()).contains("service.name=\"sample\"");
        assertThat(spans(traceId))
                .anyMatch(span -> span.getKind() == SpanKind.CLIENT
                        && span.getParentSpanId().equals(server.getSpanId()));
    }

    @Test
    void whenTheCallerErred_thenTheSpanIsNoError() {
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4733";
        assertThat(ask("/things/77", traceId).status()).isEqualTo(404);

        assertThat(server(traceId).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void whenWeErred_thenTheSpanIsAnError() {
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4734";
        assertThat(ask("/things/broken", traceId).status()).isEqualTo(500);

        assertThat(server(traceId).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void whenTheServiceStartsAndIsProbed_thenThereIsNoTraceOfIt() {
        browser.get("/health");
        browser.get("/prometheus");
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4735";
        ask("/things/1", traceId);
        server(traceId);

        assertThat(MemorySpans.SPANS.getFinishedSpanItems())
                .allMatch(span -> span.getKind() == SpanKind.SERVER
                        || span.getParentSpanContext().isValid());
        assertThat(MemorySpans.SPANS.getFinishedSpanItems())
                .noneMatch(span -> span.getAttributes().toString().contains("/health"));
    }

    @Test
    void whenALineIsLogged_thenItIsOneJsonObjectWithTheTrace() {
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        PrintStream console = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            ask("/things/1", traceId);
        } finally {
            System.setOut(console);
        }

        Map<String, Object> line = captured.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(text -> text.contains(traceId))
                .map(Answer::parse)
                .findFirst()
                .orElseThrow();
        assertThat(line).containsEntry("message", "Looking for thing \"1\"\nin two lines");
        assertThat(line).containsEntry("level", "INFO").containsEntry("service.name", "sample");
        assertThat(line).containsEntry("trace_id", traceId).containsKeys("timestamp", "logger", "span_id");
    }
}
