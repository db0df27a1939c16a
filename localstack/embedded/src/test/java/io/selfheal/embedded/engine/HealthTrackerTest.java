package io.selfheal.embedded.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.embedded.state.Health;
import io.selfheal.embedded.state.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTrackerTest {
    /** One probe every 5 s: + succeeds, - fails; the health after each by its first letter, UnKnown as k. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        healthy at once                         | 2 | 0  | +      | h
        retries failures in a row               | 2 | 0  | +--    | hhu
        never healthy                           | 3 | 0  | ---    | kku
        a success between starts anew           | 2 | 0  | +-+-+- | hhhhhh
        recovers                                | 1 | 0  | +-+    | huh
        failures in the start period are free   | 1 | 20 | ----   | kkku
        after a success they count, even in it  | 1 | 60 | +-     | hu
        """)
    void follows(String name, int retries, int startPeriod, String probes, String expected) {
        HealthTracker tracker = new HealthTracker(check(retries, startPeriod));
        StringBuilder seen = new StringBuilder();

        for (int i = 0; i < probes.length(); i++) {
            Health health = tracker.next(probes.charAt(i) == '+', Duration.ofSeconds(5L * (i + 1)));
            seen.append(
                    health == Health.UNKNOWN
                            ? "k"
                            : health.name().substring(0, 1).toLowerCase(Locale.ROOT));
        }

        assertThat(seen).hasToString(expected);
    }

    @Test
    void looksMoreOftenDuringTheStartPeriod() {
        HealthTracker tracker = new HealthTracker(check(3, 10));

        assertThat(tracker.pause(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(tracker.pause(Duration.ofSeconds(11))).isEqualTo(Duration.ofSeconds(5));
        tracker.next(true, Duration.ofSeconds(2));
        assertThat(tracker.pause(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(5));
    }

    private static HealthCheck check(int retries, int startPeriod) {
        return new HealthCheck(
                List.of("true"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                retries,
                Duration.ofSeconds(startPeriod));
    }
}
