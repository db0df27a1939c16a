package io.selfheal.shop.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.shop.kit.sample.Sample;
import io.selfheal.shop.kit.testkit.Answer;
import io.selfheal.shop.kit.testkit.Browser;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is refused is refused with a problem document that does not tell what is inside. */
class ProblemsTest {

    private static Sample sample;
    private static Browser browser;

    @BeforeAll
    static void start() {
        sample = Sample.start(Map.of());
        browser = sample.browser();
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.number("status")).isEqualTo(status);
        assertThat(answer.json()).containsKeys("type", "title", "detail", "instance");
        assertThat(answer.body()).doesNotContain("\\n").doesNotContain("at io.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "\"x\"",
                "{\"name\":\"a\",\"count\":\"7\"}",
                "{\"name\":\"a\",\"count\":1.5}",
                "{\"name\":\"a\",\"count\":-1}",
                "{\"name\":\"a\",\"count\":null}",
                "{\"name\":\"a\",\"count\":{}}",
                "{\"name\":\"a\",\"count\":1e400}",
                "{\"name\":\"a\",\"count\":99999999999999999999}",
                "{\"name\":\" \",\"count\":1}",
                "{\"count\":1}",
                "{}",
                "{\"name\":{\"a\":1},\"count\":1}"
            })
    void givenABadBody_whenPosted_then400(String body) {
        assertProblem(browser.post("/things", body), 400);
    }

    @Test
    void givenMissingFields_whenPosted_thenEachIsNamed() {
        Answer answer = browser.post("/things", "{}");

        assertThat(answer.text("violations")).contains("field=name").contains("field=count");
    }

    @Test
    void givenDeepNesting_whenPosted_then400AndNoHarm() {
        assertProblem(browser.post("/things", "{\"name\":" + "[".repeat(50_000)), 400);
        assertThat(browser.post("/things", "{\"name\":\"a\",\"count\":2}").status())
                .isEqualTo(200);
    }

    @Test
    void givenAHugeBody_whenPosted_then413() {
        assertProblem(browser.post("/things", "{\"name\":\"" + "x".repeat(400_000) + "\",\"count\":1}"), 413);
    }

    @ParameterizedTest
    @CsvSource({
        "/things/page?size=100000,400",
        "/things/page?size=0,400",
        "/things/page?page=-1,400",
        "/things/page?size=abc,400",
        "/things/abc,400",
        "/things/77,404",
        "/nowhere,404",
        "/openapi,404"
    })
    void givenABadPath_whenAsked_thenTheStatusSaysWhy(String path, int status) {
        assertProblem(browser.get(path), status);
    }

    @Test
    void givenAnotherMethodOrType_whenAsked_then405And415() {
        assertProblem(browser.delete("/things"), 405);
        assertProblem(browser.send("POST", "/things", "<x/>", "Content-Type", "text/xml"), 415);
    }

    @Test
    void givenABug_whenAsked_then500WithoutItsMessage() {
        Answer answer = browser.get("/things/broken");

        assertProblem(answer, 500);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void givenHtmlIsPreferred_whenAsked_thenStillAProblem() {
        assertProblem(browser.get("/nowhere", "Accept", "text/html"), 404);
    }
}
