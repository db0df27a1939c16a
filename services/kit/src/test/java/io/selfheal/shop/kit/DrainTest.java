package io.selfheal.shop.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.shop.kit.sample.SampleService;
import io.selfheal.shop.kit.testkit.Answer;
import io.selfheal.shop.kit.testkit.Await;
import io.selfheal.shop.kit.testkit.Browser;
import io.selfheal.shop.kit.testkit.ServiceProcess;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** SIGTERM, on a real process. */
class DrainTest {

    @Test
    void givenARequestInFlight_whenTerminated_thenItIsAnsweredAndNewOnesAreRefused() {
        try (ServiceProcess process =
                ServiceProcess.testProgram("sample", SampleService.class, Map.of("FAULTS_ENABLED", "true"))) {
            Browser browser = process.awaitReady().browser();
            browser.put("/faults/latency", "{\"delay\":\"PT2S\"}");
            CompletableFuture<Answer> slow = CompletableFuture.supplyAsync(() -> browser.get("/things/1"));
            Await.until("in flight", () -> browser.metric("http_server_inflight_requests") == 1);

            process.terminate();

            assertThat(slow.join().status()).isEqualTo(200);
            assertThat(process.exitCode()).isIn(0, 143);
            assertThatThrownBy(() -> browser.get("/things/1")).isInstanceOf(UncheckedIOException.class);
            assertThat(process.log().lines()).as("nothing but JSON").allMatch(line -> line.startsWith("{"));
        }
    }
}
