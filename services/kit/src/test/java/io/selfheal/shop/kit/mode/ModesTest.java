package io.selfheal.shop.kit.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.shop.kit.sample.Sample;
import io.selfheal.shop.kit.testkit.Answer;
import io.selfheal.shop.kit.testkit.Browser;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The modes as their caller and the customers see them. */
class ModesTest {

    private static final String TOKEN = "a-token-for-the-test";
    private static final String SHED = "http_server_requests_seconds_count{method=\"GET\",status=\"503\",uri=\"SHED\"}";

    private static Sample sample;
    private static Browser browser;

    @BeforeAll
    static void start() {
        sample = Sample.start(Map.of("modes.token", TOKEN, "faults.enabled", true));
        browser = sample.browser();
    }

    @AfterEach
    void end() {
        assertThat(send("DELETE", "/modes/shedding", null).status()).isEqualTo(204);
        assertThat(send("DELETE", "/modes/degraded", null).status()).isEqualTo(204);
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    private static Answer send(String method, String path, @Nullable String json) {
        return browser.send(method, path, json, "Authorization", "Bearer " + TOKEN);
    }

    @Test
    void shedding_whenBegun_thenTheShareIsServedAndTheRestGets503AndOperationsAreUntouched() {
        double before = orZero(browser.metric(SHED));
        Answer begun = send("PUT", "/modes/shedding", "{\"ttl\":\"PT5M\",\"reason\":\"storm\",\"admit\":0.2}");
        assertThat(begun.status()).as(begun.body()).isEqualTo(200);
        assertThat(begun.json())
                .containsEntry("active", true)
                .containsEntry("reason", "storm")
                .containsKey("expiresAt");

        int served = 0;
        for (int i = 0; i < 20; i++) {
            Answer answer = browser.get("/things/1");
            served += answer.status() == 200 ? 1 : 0;
            if (answer.status() != 200) {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text("type")).isEqualTo("urn:selfheal:problem:shed");
                assertThat(answer.headers().firstValue("Retry-After")).contains("5");
            }
            assertThat(browser.get("/health/readiness").status()).isEqualTo(200);
            assertThat(browser.get("/faults").status()).isEqualTo(200);
            assertThat(send("GET", "/modes", null).status()).isEqualTo(200);
        }

        assertThat(served).isEqualTo(4);
        assertThat(browser.metric(SHED)).isEqualTo(before + 16);
        assertThat(browser.metric("shop_mode{mode=\"shedding\"}")).isEqualTo(1);
        assertThat(browser.metric("shop_mode{mode=\"degraded\"}")).isZero();
    }

    @Test
    void shedding_whenEnded_thenAllAreServed() {
        send("PUT", "/modes/shedding", "{\"ttl\":\"PT5M\",\"reason\":\"storm\",\"admit\":0.1}");
        assertThat(send("DELETE", "/modes/shedding", null).status()).isEqualTo(204);

        for (int i = 0; i < 10; i++) {
            assertThat(browser.get("/things/1").status()).isEqualTo(200);
        }
        assertThat(browser.metric("shop_mode{mode=\"shedding\"}")).isZero();
    }

    @Test
    void degraded_whenBegun_thenTheDependencyIsNotCalled() {
        String skipped = "dependency_switched_off_total{dependency=\"other\"}";
        double before = browser.metric(skipped);
        assertThat(browser.get("/things/remote").status()).isEqualTo(200);

        Answer begun = send("PUT", "/modes/degraded", "{\"ttl\":\"PT5M\",\"reason\":\"other is sick\"}");

        assertThat(begun.status()).as(begun.body()).isEqualTo(200);
        assertThat(browser.get("/things/remote").status()).isGreaterThanOrEqualTo(500);
        assertThat(browser.metric(skipped)).isEqualTo(before + 1);
        send("DELETE", "/modes/degraded", null);
        assertThat(browser.get("/things/remote").status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        shedding | {}                                                      | 422 | 'ttl' must be given
        shedding | {"ttl":"PT5M"}                                          | 422 | 'reason' must be given
        shedding | {"ttl":"PT5M","reason":" ","admit":0.5}                 | 422 | 'reason' must be given
        shedding | {"ttl":5,"reason":"r","admit":0.5}                      | 422 | 'ttl' must be given
        shedding | {"ttl":"soon","reason":"r","admit":0.5}                 | 422 | no ISO-8601 duration
        shedding | {"ttl":"PT0S","reason":"r","admit":0.5}                 | 422 | outside
        shedding | {"ttl":"-PT5M","reason":"r","admit":0.5}                | 422 | outside
        shedding | {"ttl":"PT61M","reason":"r","admit":0.5}                | 422 | outside
        shedding | {"ttl":"PT5M","reason":"r"}                             | 422 | 'admit' must be given
        shedding | {"ttl":"PT5M","reason":"r","admit":"0.5"}               | 422 | 'admit' is 0.5
        shedding | {"ttl":"PT5M","reason":"r","admit":0.5,"dependency":""} | 422 | No setting [dependency]
        degraded | {"ttl":"PT5M","reason":"r","dependency":"nobody"}       | 422 | not one of [other]
        degraded | {"ttl":"PT5M","reason":"r","dependency":["other"]}      | 422 | not one of [other]
        sleeping | {"ttl":"PT5M","reason":"r"}                             | 404 | No mode 'sleeping'
        """)
    void whatMakesNoSenseIsRefused(String mode, String body, int status, String detail) {
        Answer answer = send("PUT", "/modes/" + mode, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.text("detail")).contains(detail);
        assertThat(send("GET", "/modes", null).body()).doesNotContain("\"active\":true");
    }

    @Test
    void whoHasNotTheTokenIsRefused() {
        String body = "{\"ttl\":\"PT5M\",\"reason\":\"r\",\"admit\":0.5}";
        for (String authorization :
                new String[] {"Bearer wrong", "Bearer", "Basic " + TOKEN, TOKEN, "Bearer " + TOKEN + "x"}) {
            Answer answer = browser.send("PUT", "/modes/shedding", body, "Authorization", authorization);
            assertThat(answer.status()).as(authorization).isEqualTo(401);
        }
        assertThat(browser.get("/modes").status()).isEqualTo(401);
        assertThat(browser.delete("/modes/shedding").status()).isEqualTo(401);
    }

    @Test
    void givenNoToken_whenAsked_thenThereIsNothing() {
        for (Map<String, Object> settings :
                List.of(Map.<String, Object>of(), Map.<String, Object>of("modes.token", " "))) {
            try (Sample without = Sample.start(settings)) {
                Answer answer = without.browser().send("GET", "/modes", null, "Authorization", "Bearer " + TOKEN);
                assertThat(answer.status()).isEqualTo(404);
                assertThat(without.browser().metric("shop_mode{mode=\"shedding\"}"))
                        .isNaN();
            }
        }
    }

    @Test
    void givenAShortToken_whenStarted_thenItIsRefusedWithASentence() {
        assertThatThrownBy(() -> Sample.start(Map.of("modes.token", "short")).close())
                .hasStackTraceContaining("shorter than 16 characters");
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }
}
