package io.selfheal.healer.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.testkit.Fixtures;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LogLineTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static LogLine line(String written) {
        return LogLine.of(Optional.empty(), Fixtures.T0, written).orElseThrow();
    }

    @Test
    void givenAJsonLine_thenItTellsWhatHappened_theException_andTheTrace() {
        LogLine line = line("""
                {"timestamp":"2026-01-02T03:04:05Z","level":"ERROR","message":"Unexpected error","trace_id":"%s",
                 "exception":"java.lang.IllegalStateException: no stock\\n\\tat a.B.c(B.java:1)"}
                """.formatted(TRACE));

        assertThat(line.text()).isEqualTo("Unexpected error (java.lang.IllegalStateException: no stock)");
        assertThat(line.trace()).contains(TRACE);
    }

    @Test
    void givenALineThatIsNoJsonObject_orOneThatWasCutOff_thenItIsTheText() {
        assertThat(line("ERROR boom").text()).isEqualTo("ERROR boom");
        assertThat(line("{\"level\":\"ERROR\",\"mess").text()).isEqualTo("{\"level\":\"ERROR\",\"mess");
        assertThat(line("{\"level\":\"ERROR\",\"trace_id\":\"no id\"}").trace()).isEmpty();
    }

    @Test
    void givenALongLineOrManyLines_thenItIsOneShortOne_withoutControls() {
        assertThat(line("x".repeat(100_000)).text()).isEqualTo("x".repeat(LogLine.LONGEST) + "…");
        assertThat(line("a\tb\n  c\u001b[31md\u202e").text()).isEqualTo("a b c [31md");
        assertThat(LogLine.of(Optional.empty(), Fixtures.T0, " \n")).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> whatLooksLikeASecretIsTakenOut() {
        return Map.ofEntries(
                        Map.entry("login with password=hunter22 failed", "login with password=[redacted] failed"),
                        Map.entry(
                                "{\"db_password\": \"hunter 22\", \"a\": 1}",
                                "{\"db_password\": [redacted], \"a\": 1}"),
                        Map.entry("Authorization: Basic dXNlcjpodW50ZXIyMg==", "Authorization: [redacted]"),
                        Map.entry("authorization=hunter22; next", "authorization=[redacted]; next"),
                        Map.entry("sent Bearer hunter22hunter22", "sent Bearer [redacted]"),
                        Map.entry("GET /a?access_token=hunter22&b=1", "GET /a?access_token=[redacted]&b=1"),
                        Map.entry("X-Api-Key: hunter22", "X-Api-Key: [redacted]"),
                        Map.entry("the password is hunter22", "the password is [redacted]"),
                        Map.entry("run --token hunter22 now", "run --token [redacted] now"),
                        Map.entry("jdbc:postgresql://u:hunter22@db/x", "jdbc:postgresql://[redacted]@db/x"),
                        Map.entry("key AKIAIOSFODNN7EXAMPLE used", "key [redacted] used"),
                        Map.entry("jwt eyJhbGciOiJI.eyJzdWIiOiIx.hunter22", "jwt [redacted]"),
                        Map.entry("secret='hunter22", "secret=[redacted]"))
                .entrySet()
                .stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> assertThat(line(entry.getKey()).text())
                                .isEqualTo(entry.getValue())
                                .doesNotContain("hunter")));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoSecretStays() {
        return Stream.of(
                        "Unexpected error: the tokenizer stopped",
                        "No database connection for /orders: HikariPool-1 - Connection is not available",
                        "GET http://127.0.0.1:8080/users/7 was answered 500",
                        "401 from user: the token is expired",
                        "the secret is wrong; 3 checks passed: 2 of compass: 1",
                        "order 7 of user 8 at 10:15:30 failed")
                .map(text -> DynamicTest.dynamicTest(
                        text, () -> assertThat(line(text).text()).isEqualTo(text)));
    }

    @Test
    void givenALineMadeToBeSlow_thenItIsReadAllTheSame() {
        for (String part : new String[] {"password", "token=", "a.", "eyJ", "://", "authorization ", "\"secret\":\""}) {
            assertThat(line(part.repeat(50_000)).text()).hasSizeLessThanOrEqualTo(LogLine.LONGEST + 1);
        }
    }

    @Test
    void ofTraces_theNewestFailedComesFirst_thenTheSlowest() {
        Trace old = trace("1", true, 900, 0);
        Trace failed = trace("2", true, 1, 5);
        Trace slowest = trace("3", false, 800, 1);
        Trace slow = trace("4", false, 300, 9);

        assertThat(Stream.of(slow, old, slowest, failed).sorted(Trace.WORST_FIRST))
                .containsExactly(failed, old, slowest, slow);
    }

    private static Trace trace(String digit, boolean failed, int millis, int second) {
        return new Trace(digit.repeat(32), failed, Duration.ofMillis(millis), Fixtures.T0.plusSeconds(second));
    }

    @Test
    void whatIsNoTraceIdIsRefused() {
        for (String id : new String[] {"", "x", "0".repeat(32), TRACE + "0", TRACE.replace('0', '"')}) {
            assertThatThrownBy(() -> new Trace(id, true, Duration.ZERO, Fixtures.T0))
                    .hasMessage("id: expected 32 hexadecimal digits, was '" + id + "'");
        }
    }
}
