package io.selfheal.shop.kit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.shop.kit.sample.Sample;
import io.selfheal.shop.kit.sample.SampleService;
import io.selfheal.shop.kit.testkit.Answer;
import io.selfheal.shop.kit.testkit.ServiceProcess;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When there are faults at all, and the one that ends the process. */
class FaultsSwitchTest {

    @Test
    void givenFaultsAreNotEnabled_whenAsked_thenThereIsNothing() {
        try (Sample sample = Sample.start(Map.of())) {
            Answer answer = sample.browser().get("/faults");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.contentType()).startsWith("application/problem+json");
            assertThat(sample.browser().put("/faults/crash", "{}").status()).isEqualTo(404);
        }
    }

    @Test
    void givenProduction_whenFaultsAreEnabled_thenTheStartIsRefusedWithASentence() {
        assertThatThrownBy(() ->
                        Sample.start(Map.of("faults.enabled", true), "prod").close())
                .hasStackTraceContaining("Faults must never be enabled in production");
    }

    @Test
    void givenAFaultAtStart_thenBusinessFailsFromTheFirstRequestAndHealthDoesNot() {
        try (Sample sample = Sample.start(Map.of("faults.enabled", true, "faults.at.start", "errors"))) {
            assertThat(sample.browser().get("/things/1").status()).isEqualTo(500);
            assertThat(sample.browser().get("/health/readiness").status()).isEqualTo(200);
        }
    }

    @Test
    void givenAFaultAtStart_whenFaultsAreNotEnabled_thenNothingIsBroken() {
        try (Sample sample = Sample.start(Map.of("faults.at.start", "errors"))) {
            assertThat(sample.browser().get("/things/1").status()).isEqualTo(200);
        }
    }

    @Test
    void givenAnUnknownFaultAtStart_thenTheStartIsRefusedWithTheNamesThatThereAre() {
        assertThatThrownBy(() -> Sample.start(Map.of("faults.enabled", true, "faults.at.start", "eror"))
                        .close())
                .hasStackTraceContaining("FAULTS_AT_START names 'eror'")
                .hasStackTraceContaining("errors");
    }

    @Test
    void crash_whenItIsAskedFor_thenTheProcessEndsWith137() {
        Map<String, String> env = Map.of("FAULTS_ENABLED", "true");
        try (ServiceProcess process = ServiceProcess.testProgram("sample", SampleService.class, env)) {
            process.awaitReady();

            assertThat(process.browser().put("/faults/crash", "{}").status()).isEqualTo(200);

            assertThat(process.exitCode()).isEqualTo(137);
        }
    }
}
