package io.selfheal.healer.local;

import static io.selfheal.healer.local.Incidents.ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.selfheal.healer.evidence.Calls;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples that were there beforehand, read from a real Prometheus, where one is installed. */
class RealPrometheusEvidenceTest {
    /** Before the time that the head of its database is about. */
    private final Instant at = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));

    private final StringBuilder samples = new StringBuilder();
    private @Nullable RealPrometheus prometheus;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException, InterruptedException {
        Path tool = RealPrometheus.program("promtool");
        String served = "http_server_requests_seconds_count";
        counter(served, "task_arn=\"a1\",service_name=\"order\",uri=\"/orders\",status=\"200\"", 8);
        counter(served, "task_arn=\"a1\",service_name=\"order\",uri=\"/orders\",status=\"503\"", 2);
        counter(served, "task_arn=\"a1\",service_name=\"order\",uri=\"SHED\",status=\"503\"", 10);
        counter(served, "task_arn=\"a1\",service_name=\"order\",uri=\"/health\",status=\"500\"", 50);
        counter(served, "task_arn=\"a1\",service_name=\"user\",uri=\"/users\",status=\"500\"", 50);
        String bucket = "http_server_requests_seconds_bucket";
        counter(bucket, "task_arn=\"a1\",service_name=\"order\",uri=\"/orders\",status=\"200\",le=\"0.25\"", 5);
        counter(bucket, "task_arn=\"a1\",service_name=\"order\",uri=\"SHED\",status=\"503\",le=\"0.25\"", 10);
        String calls = "dependency_calls_seconds_count";
        counter(calls, "task_arn=\"a1\",service_name=\"order\",dependency=\"product\",outcome=\"answered\"", 3);
        counter(calls, "task_arn=\"a1\",service_name=\"order\",dependency=\"product\",outcome=\"timeout\"", 1);
        counter("dependency_retries_total", "task_arn=\"a1\",service_name=\"order\",dependency=\"product\"", 4);
        prepare(directory, tool);
        prometheus = RealPrometheus.start(directory, "scrape_configs: []\n");
    }

    /** A minute of scrapes, five seconds apart. */
    private void counter(String name, String labels, double perSecond) {
        for (int second = -60; second <= 0; second += 5) {
            samples.append("%s{job=\"task\",cluster=\"selfheal\",%s} %s %d\n"
                    .formatted(
                            name,
                            labels,
                            String.format(Locale.ROOT, "%.1f", perSecond * (second + 60)),
                            at.plusSeconds(second).getEpochSecond()));
        }
    }

    private void prepare(Path directory, Path tool) throws IOException, InterruptedException {
        Path exposition = Files.writeString(directory.resolve("samples.txt"), samples + "# EOF\n");
        Process filled = new ProcessBuilder(
                        tool.toString(),
                        "tsdb",
                        "create-blocks-from",
                        "openmetrics",
                        exposition.toString(),
                        directory.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("promtool.log").toFile())
                .start();
        assertThat(filled.waitFor())
                .as(() -> RealPrometheus.logged(directory.resolve("promtool.log")))
                .isZero();
    }

    @AfterEach
    void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    private Evidence gather(String service) {
        return new PrometheusEvidence(
                        Objects.requireNonNull(prometheus).address(), Duration.ofSeconds(30), InstantSource.fixed(at))
                .gather(new ServiceId(ORDER.cluster(), service));
    }

    @Test
    void whenAsked_thenRealExpressionsGiveWhatTheCountersSay() {
        Evidence order = gather("order");
        Evidence product = gather("product");

        Vitals vitals = Objects.requireNonNull(known(order.vitals()).get(new TaskId("a1")));
        // 8 well, 2 failed and 10 shed; one of the two failed for a call that failed; 15 of 20 were quick
        assertThat(vitals.requestsPerSecond()).isEqualTo(20, within(1e-6));
        assertThat(vitals.errorShare()).isEqualTo(0.05, within(1e-6));
        assertThat(vitals.slowShare()).isEqualTo(0.25, within(1e-6));
        Calls calls = Objects.requireNonNull(known(order.calls()).get("product"));
        assertThat(calls.perSecond()).isEqualTo(4, within(1e-6));
        assertThat(calls.failedShare()).isEqualTo(0.25, within(1e-6));
        assertThat(order.retryShare()).isInstanceOf(Fact.Unknown.class);
        assertThat(known(product.retryShare())).isEqualTo(0.5, within(1e-6));
        assertThat(known(product.vitals())).isEqualTo(Map.of());
    }

    private static <T> T known(Fact<T> fact) {
        return switch (fact) {
            case Fact.Known<T>(T value, Instant _) -> value;
            case Fact.Unknown<T>(String why) -> throw new AssertionError(why);
        };
    }
}
