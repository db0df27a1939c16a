package io.selfheal.observability.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** With Prometheus, Loki, Jaeger, a collector and the services' jars: a request is found in all of them by its trace's id. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LinksTest {
    private static final Path ROOT = Path.of(System.getProperty("module.dir", "."), "..")
            .toAbsolutePath()
            .normalize();
    /** As long as the outage that nobody who orders may notice. */
    private static final Duration OUTAGE = Duration.parse(System.getProperty("links.outage", "PT60S"));

    private final Web web = new Web();
    private LinkedStack stack;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Programs.require(
                ROOT,
                List.of(
                        List.of("otelcol-contrib", "otelcol"),
                        List.of("loki"),
                        List.of("jaeger"),
                        List.of("prometheus")));
        stack = LinkedStack.start(ROOT, folder);
        for (String service : List.of("user", "product", "order")) {
            web.await(service, stack.url(service) + "/health", answer -> answer.status() == 200);
        }
        web.await("prometheus", stack.url("prometheus") + "/-/ready", answer -> answer.status() == 200);
        web.await("loki", stack.url("loki") + "/ready", answer -> answer.status() == 200);
        web.await("jaeger", stack.url("jaeger") + "/api/services", answer -> answer.status() == 200);
        web.await("collector", stack.url("health"), answer -> answer.status() == 200);
    }

    @AfterAll
    void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void givenAnOrder_whenItIsPlaced_thenItsTraceItsLogLinesAndItsExemplarAreFoundByOneId() {
        String trace = UUID.randomUUID().toString().replace("-", "");

        assertThat(order("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")).isLessThan(300);

        web.await(
                "the trace of all three services",
                stack.url("jaeger") + "/api/traces/" + trace,
                answer ->
                        List.of("\"order\"", "\"user\"", "\"product\"").stream().allMatch(answer.body()::contains));
        String query = Web.encoded("{service_name=\"order\"} | trace_id=\"" + trace + "\"");
        String lines = web.await(
                "its log lines", stack.url("loki") + "/loki/api/v1/query_range?query=" + query, answer -> answer.body()
                        .contains(trace));
        assertThat(lines).contains("CONFIRMED", "severity_text");
        String exemplars = Web.encoded("http_server_requests_seconds_bucket{service_name=\"order\",method=\"POST\"}");
        web.await(
                "its exemplar",
                stack.url("prometheus") + "/api/v1/query_exemplars?query=" + exemplars + "&start="
                        + Instant.now().minusSeconds(300).getEpochSecond() + "&end="
                        + Instant.now().plusSeconds(300).getEpochSecond(),
                answer -> answer.body().contains(trace));
    }

    @Test
    @Order(2)
    void givenSecretsInASpan_whenItIsExported_thenTheyAreNotStored() {
        String trace = UUID.randomUUID().toString().replace("-", "");
        long now = System.currentTimeMillis() * 1_000_000L;

        assertThat(web.post(stack.url("otlp") + "/v1/traces", """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"leaky"}}]},"scopeSpans":[{"spans":[
                  {"traceId":"%s","spanId":"00f067aa0ba902b7","name":"leak","kind":2,"startTimeUnixNano":"%d","endTimeUnixNano":"%d","attributes":[
                    {"key":"user.email","value":{"stringValue":"ada@example.org"}},
                    {"key":"http.request.header.authorization","value":{"stringValue":"Bearer abcdefgh12345678"}},
                    {"key":"url.full","value":{"stringValue":"http://shop/orders?token=s3cr3t-t0ken&page=2"}},
                    {"key":"note","value":{"stringValue":"sent to grace@example.org"}}]}]}]}]}
                """.formatted(trace, now, now + 1))
                        .status())
                .isEqualTo(200);

        String stored = web.await("the span", stack.url("jaeger") + "/api/traces/" + trace, answer -> answer.body()
                .contains("leaky"));
        assertThat(stored)
                .contains("page=2", "[redacted]")
                .doesNotContain("example.org", "s3cr3t", "abcdefgh12345678", "user.email");
    }

    @Test
    @Order(3)
    void givenTheCollectorIsKilled_whenOrdersGoOn_thenNoneFailsAndTheServicesStaySmall() {
        ordersFor(Duration.ofSeconds(15));
        long before = Programs.residentMib(stack.process("order"));

        Programs.end(stack.process("collector"));
        List<Integer> statuses = ordersFor(OUTAGE);
        long after = Programs.residentMib(stack.process("order"));
        stack.collector();
        web.await("the collector again", stack.url("health"), answer -> answer.status() == 200);
        awaitTracesAgain();

        long failed =
                statuses.stream().filter(status -> status == 0 || status >= 500).count();
        System.err.printf(
                "Without a collector for %s: %d orders, %d failed; order's memory %d MiB before, %d MiB after%n",
                OUTAGE, statuses.size(), failed, before, after);
        assertThat(failed).isZero();
        // The heap may have grown to its limit of 128 MiB for reasons of its own; a queue without bounds would not stop
        // there.
        assertThat(after).isLessThan(before + 64);
    }

    /** One after the other, since the first ones meet a queue that is still full of older ones, and are dropped. */
    private void awaitTracesAgain() {
        String trace = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        Web.await("traces again", () -> {
            String next = trace + "%08x".formatted((int) System.nanoTime());
            order("traceparent", "00-" + next + "-00f067aa0ba902b7-01");
            Web.pause(Duration.ofSeconds(7));
            return web.get(stack.url("jaeger") + "/api/traces/" + next).body().contains("order");
        });
    }

    /** As fast as one customer can. */
    private List<Integer> ordersFor(Duration time) {
        Instant end = Instant.now().plus(time);
        List<Integer> statuses = new ArrayList<>();
        while (Instant.now().isBefore(end)) {
            statuses.add(order("Accept", "application/json"));
        }
        return statuses;
    }

    private int order(String header, String value) {
        return web.post(
                        stack.url("order") + "/orders",
                        "{\"userId\":1,\"productId\":%d,\"quantity\":1}".formatted(1 + (System.nanoTime() / 1000) % 10),
                        "Idempotency-Key",
                        UUID.randomUUID().toString(),
                        header,
                        value)
                .status();
    }
}
