package io.selfheal.shop.kit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.CyclicBufferAppender;
import io.selfheal.shop.kit.sample.Sample;
import io.selfheal.shop.kit.testkit.Answer;
import io.selfheal.shop.kit.testkit.Await;
import io.selfheal.shop.kit.testkit.Browser;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Every fault by what is seen of it from outside, while it lasts and after it ended. The crash has its own test. */
class FaultSymptomsTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final String POOL = "{pool=\"HikariPool-";

    private static Sample sample;
    private static Browser browser;
    private static ExecutorService others;

    @BeforeAll
    static void start() {
        sample = Sample.start(Map.of("faults.enabled", true, "datasources.default.connection-timeout", 500));
        browser = sample.browser();
        others = Executors.newVirtualThreadPerTaskExecutor();
        Await.until("ready", () -> browser.metric("app_ready") == 1);
    }

    @AfterEach
    void mend() {
        for (String name : List.of(
                "hang",
                "deadlock",
                "latency",
                "throttle",
                "errors",
                "unready",
                "pool-exhaustion",
                "slow-sql",
                "memory-leak",
                "cpu-burn",
                "log-flood",
                "dependency-failure",
                "retry-storm",
                "no-breaker",
                "scrape-failure")) {
            assertThat(browser.delete("/faults/" + name).status()).isEqualTo(204);
        }
        Await.until("ready again", () -> browser.metric("app_ready") == 1);
        assertThat(browser.get("/things/1").status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        others.shutdownNow();
        sample.close();
    }

    private static void begin(String name, String parameters) {
        Answer answer = browser.put("/faults/" + name, parameters);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json()).containsEntry("name", name).containsEntry("active", true);
    }

    private static void assertNoAnswer(String path) {
        assertThatThrownBy(() -> browser.patientFor(SHORT).get(path)).isInstanceOf(UncheckedIOException.class);
    }

    private static double sumOf(String metric, String labels) {
        return browser.get("/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(metric + "{") && line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void latency_whenBusinessIsAsked_thenSlowInTheHistogramAndHealthIsNot() {
        String fast =
                "http_server_requests_seconds_bucket{method=\"GET\",status=\"200\",uri=\"/things/{id}\",le=\"0.25\"}";
        String all = "http_server_requests_seconds_count{method=\"GET\",status=\"200\",uri=\"/things/{id}\"}";
        browser.get("/things/1");
        double fastBefore = browser.metric(fast);
        double allBefore = browser.metric(all);

        begin("latency", "{\"delay\":\"PT0.3S\"}");

        assertThat(browser.get("/things/1").status()).isEqualTo(200);
        assertThat(browser.metric(all)).isEqualTo(allBefore + 1);
        assertThat(browser.metric(fast)).isEqualTo(fastBefore);
        assertThat(browser.get("/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void latency_whenTheTtlIsOver_thenItEndsByItself() {
        Answer answer = browser.put("/faults/latency", "{\"ttl\":\"PT0.2S\"}");

        assertThat(answer.json()).containsKey("expiresAt");
        Await.until("the end of the fault", () -> !browser.get("/faults").body().contains("\"active\":true"));
    }

    @Test
    void latency_whenItHasACount_thenSoManyRequestsAreSlowAndNoMore() {
        begin("latency", "{\"delay\":\"PT1S\",\"count\":1}");

        assertNoAnswer("/things/1");

        assertThat(browser.get("/things/1").status()).isEqualTo(200);
        assertThat(browser.get("/faults").body()).doesNotContain("\"active\":true");
        Await.until("nothing left", () -> browser.metric("http_server_inflight_requests") == 0);
    }

    @Test
    void throttle_whenMoreIsAskedThanItLetsIn_thenTheyStandInLineAndNoneFails() {
        begin("throttle", "{\"rate\":2}");
        long start = System.nanoTime();

        List<CompletableFuture<Answer>> asked = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> browser.get("/things/1"), others))
                .limit(4)
                .toList();

        assertThat(asked)
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(1500));
        assertThat(browser.get("/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void errors_whenBusinessIsAsked_thenTheFirst5xxIsAnIncreaseFromZeroAndHealthIsUp() {
        String series = "http_server_requests_seconds_count{method=\"GET\",status=\"503\",uri=\"/things/page\"}";
        assertThat(browser.metric(series))
                .as("registered before the first error")
                .isZero();

        begin("errors", "{\"status\":503}");

        Answer answer = browser.get("/things/page");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(browser.metric(series)).isEqualTo(1);
        assertThat(browser.get("/health").status()).isEqualTo(200);
    }

    @Test
    void errors_whenARequestFails_thenTheLogTellsIt() {
        CyclicBufferAppender<ILoggingEvent> lines = new CyclicBufferAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(ErrorsFault.class);
        logger.addAppender(lines);

        begin("errors", "{\"status\":503}");
        assertThat(browser.get("/things/7").status()).isEqualTo(503);

        assertThat(lines.get(0).getLevel()).isEqualTo(Level.ERROR);
        assertThat(lines.get(0).getFormattedMessage())
                .isEqualTo("GET /things/7 failed with 503: the fault 'errors' is active");
        logger.detachAppender(lines);
    }

    @Test
    void errors_whenTheShareIsZero_thenNothingFails() {
        begin("errors", "{\"share\":0}");

        assertThat(browser.get("/things/1").status()).isEqualTo(200);
    }

    @Test
    void hang_whenAnythingIsAsked_thenThereIsNoAnswerButFromTheFaults() {
        begin("hang", "{}");

        assertNoAnswer("/things/1");
        assertNoAnswer("/health/liveness");
        assertNoAnswer("/prometheus");
        assertThat(browser.get("/faults").status()).isEqualTo(200);
    }

    @Test
    void hang_whenItEnds_thenTheRequestsThatWaitedAreAnswered() {
        begin("hang", "{}");
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> browser.get("/things/1"), others);
        assertNoAnswer("/things/1");

        browser.delete("/faults/hang");

        assertThat(waiting.join().status()).isEqualTo(200);
    }

    @Test
    void deadlock_whenBusinessIsAsked_thenItNeverReturnsAndLivenessIsDown() {
        begin("deadlock", "{}");

        assertNoAnswer("/things/1");
        Await.until("the JVM sees it", () -> browser.get("/health/liveness").status() == 503);
        assertThat(browser.get("/health/liveness").body())
                .contains("deadlock-1")
                .contains("deadlock-2");
        assertThat(browser.get("/health/readiness").status()).isEqualTo(200);
        Await.until("the oldest request gets older", () -> browser.metric("http_server_inflight_oldest_seconds") > 0.5);
        Await.until("it is late", () -> browser.metric("http_server_inflight_late_requests") == 1);
        assertThat(browser.metric("http_server_inflight_requests")).isEqualTo(1);

        browser.delete("/faults/deadlock");

        Await.until("alive again", () -> browser.get("/health/liveness").status() == 200);
        Await.until("nothing left", () -> browser.metric("http_server_inflight_requests") == 0);
    }

    @Test
    void memoryLeak_whenItRuns_thenTheHeapKeepsWhatItTookUpToTheCeiling() {
        var heap = ManagementFactory.getMemoryMXBean();
        System.gc();
        long before = heap.getHeapMemoryUsage().getUsed();

        begin("memory-leak", "{\"rate\":200,\"ceiling\":40}");

        Await.until("40 MB more, after a collection", () -> {
            System.gc();
            return heap.getHeapMemoryUsage().getUsed() > before + 38_000_000;
        });
        browser.delete("/faults/memory-leak");
        Await.until("given back", () -> {
            System.gc();
            return heap.getHeapMemoryUsage().getUsed() < before + 20_000_000;
        });
    }

    @Test
    void cpuBurn_whenItRuns_thenItsThreadsUseProcessorTime() {
        begin("cpu-burn", "{\"threads\":2}");

        var threads = ManagementFactory.getThreadMXBean();
        long[] burning = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("cpu-burn-"))
                .mapToLong(Thread::threadId)
                .toArray();
        assertThat(burning).hasSize(2);
        Await.until("two times 100 ms of processor time", () -> Arrays.stream(burning)
                .allMatch(id -> threads.getThreadCpuTime(id) > 100_000_000));
        assertThat(browser.get("/prometheus").body())
                .contains("process_cpu_usage ")
                .contains("system_cpu_count ");
    }

    @Test
    void poolExhaustion_whenBusinessIsAsked_then503AndUnreadyAndAllConnectionsAreActive() {
        begin("pool-exhaustion", "{}");

        Await.until(
                "all taken", () -> sumOf("hikaricp_connections_active", "") == sumOf("hikaricp_connections_max", ""));
        Answer answer = browser.get("/things/1");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("type")).isEqualTo("urn:selfheal:problem:database-unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(browser.get("/health/readiness").status()).isEqualTo(503);
        assertThat(browser.get("/health/liveness").status()).isEqualTo(200);
        Await.until("seen by the gauge", () -> browser.metric("app_ready") == 0);
        Await.until("somebody waits", () -> sumOf("hikaricp_connections_pending", "") > 0);
    }

    @Test
    void unready_whenItRuns_thenReadinessIsDownAndBusinessIsServed() {
        begin("unready", "{}");

        assertThat(browser.get("/health/readiness").status()).isEqualTo(503);
        assertThat(browser.get("/health/liveness").status()).isEqualTo(200);
        assertThat(browser.get("/things/1").status()).isEqualTo(200);
        Await.until("seen by the gauge", () -> browser.metric("app_ready") == 0);
    }

    @Test
    void dependencyFailure_whenTheDependencyIsNeeded_thenTheCallFails() {
        assertThat(browser.get("/things/remote").body()).isEqualTo("called");

        begin("dependency-failure", "{\"dependency\":\"other\"}");

        assertThat(browser.get("/things/remote").status()).isEqualTo(500);
        assertThat(browser.get("/things/1").status()).isEqualTo(200);
        Answer unknown = browser.put("/faults/dependency-failure", "{\"dependency\":\"nobody\"}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text("detail")).contains("nobody").contains("other");
    }

    @Test
    void noBreaker_whenTheDependencyFailsOnAndOn_thenItIsCalledOnAndOn() {
        begin("no-breaker", "{}");
        begin("dependency-failure", "{\"dependency\":\"other\"}");
        double before = sumOf("dependency_retries_total", "");

        for (int i = 0; i < 10; i++) {
            assertThat(browser.get("/things/remote").status()).isEqualTo(500);
        }

        assertThat(browser.metric("dependency_circuit_open{dependency=\"other\"}"))
                .isZero();
        assertThat(sumOf("dependency_calls_seconds_count", "not-tried")).isZero();
        assertThat(sumOf("dependency_retries_total", "")).isEqualTo(before + 20);
    }

    @Test
    void retryStorm_whenACallerHasGivenUp_thenItsWorkStillTakesThePlaceOfOthers() {
        begin("retry-storm", "{\"places\":1,\"work\":\"PT30S\",\"backlog\":\"PT0S\"}");
        assertNoAnswer("/things/1");

        Answer refused = browser.get("/things/1");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("type")).endsWith("overloaded");
    }

    @Test
    void slowSql_whenBusinessIsAsked_thenConnectionsAreHeldLonger() {
        double before = sumOf("hikaricp_connections_usage_seconds_sum", POOL);

        begin("slow-sql", "{\"delay\":\"PT0.4S\"}");

        assertThat(browser.get("/things/1").status()).isEqualTo(200);
        assertThat(sumOf("hikaricp_connections_usage_seconds_sum", POOL) - before)
                .isGreaterThanOrEqualTo(0.4);
    }

    @Test
    void logFlood_whenItRuns_thenTheLogGrows() {
        CyclicBufferAppender<ILoggingEvent> lines = new CyclicBufferAppender<>();
        lines.setMaxSize(500);
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(LogFloodFault.class);
        logger.setAdditive(false);
        logger.addAppender(lines);

        begin("log-flood", "{\"lines\":5000}");

        Await.until("500 lines", () -> lines.getLength() == 500);
        browser.delete("/faults/log-flood");
        logger.detachAppender(lines);
        logger.setAdditive(true);
    }

    @Test
    void scrapeFailure_whenItRuns_thenAsManyScrapesFailAndNoMore() {
        begin("scrape-failure", "{\"count\":2}");

        assertThat(browser.get("/prometheus").status()).isEqualTo(503);
        assertThat(browser.get("/prometheus").status()).isEqualTo(503);
        assertThat(browser.get("/prometheus").status()).isEqualTo(200);
        assertThat(browser.get("/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void faults_whenListed_thenFifteenAndOneControl() {
        String body = browser.get("/faults").body();

        assertThat(body.split("\"kind\":\"fault\"", -1)).hasSize(16);
        assertThat(body.split("\"kind\":\"control\"", -1)).hasSize(2);
    }

    @Test
    void faults_whenNameOrParameterIsUnknown_thenAProblemSaysWhatThereIs() {
        assertThat(browser.put("/faults/nonsense", "{}").status()).isEqualTo(404);
        assertThat(browser.delete("/faults/nonsense").status()).isEqualTo(404);
        assertThat(browser.put("/faults/latency", "{\"dealy\":1}").status()).isEqualTo(422);
        assertThat(browser.put("/faults/latency", "{\"delay\":\"soon\"}").status())
                .isEqualTo(422);
        assertThat(browser.put("/faults/latency", "{\"delay\":\"-PT1S\"}").status())
                .isEqualTo(422);
        assertThat(browser.put("/faults/latency", "{\"share\":7}").status()).isEqualTo(422);
        assertThat(browser.put("/faults/latency", "{\"share\":\"NaN\"}").status())
                .isEqualTo(422);
        assertThat(browser.put("/faults/latency", "{\"share\":[1]}").status()).isEqualTo(422);
        assertThat(browser.put("/faults/latency", "{\"ttl\":\"PT99999H\"}").status())
                .isEqualTo(422);
        assertThat(browser.put("/faults/latency", "[1]").status()).isEqualTo(400);
        assertThat(browser.put("/faults/latency", "{").status()).isEqualTo(400);
        assertThat(browser.get("/faults").body()).doesNotContain("\"active\":true");
    }
}
