package io.selfheal.demo.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WINDOW = Duration.ofSeconds(2);

    /** One sample a half second: '+' well, '-' sick. Failures are the send times of failed requests, in half seconds. */
    @ParameterizedTest(name = "{0}: {1}, failures at {2} -> healed at {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "sick then well                        | ---++++++   | none | 3",
                "never sick                            | +++++++++   | none | never",
                "never well again                      | +--------   | none | never",
                "not watched to the window's end yet   | ---+++      | none | never",
                "the window's last sample is needed    | ---++++     | none | never",
                "a relapse inside the window           | --+++-+++++ | none | 6",
                "a relapse after the window            | --+++++-+++ | none | 2",
                "well before the symptom does not count| ++++++-++++++ | none | 7",
                "a failed request inside the window    | ---+++++++++ | 4   | 5",
                "a failed request at the window's end  | ---+++++++++++ | 7 | 8",
                "a failed request sent before it       | ---++++++   | 2    | 3",
                "only requests tell of it              | ++++++++++  | 2    | 3",
            })
    void healedAt(String name, String samples, String failures, String expected) {
        Optional<Instant> healedAt = Recovery.healedAt(samples(samples), failures(failures), WINDOW);

        assertThat(healedAt)
                .as(name)
                .isEqualTo(expected.equals("never") ? Optional.empty() : Optional.of(at(expected)));
    }

    @Nested
    class GivenSamplesAndFailures {

        @Test
        void whenRequestsFailFirst_thenTheSymptomIsTheirs() {
            assertThat(Recovery.firstSymptom(samples("++-"), failures("1"))).contains(at("1"));
        }

        @Test
        void whenSamplesAreSickFirst_thenTheSymptomIsTheirs() {
            assertThat(Recovery.firstSymptom(samples("+--"), failures("2"))).contains(at("1"));
        }

        @Test
        void whenAllIsWell_thenThereIsNone() {
            assertThat(Recovery.firstSymptom(samples("+++"), List.of())).isEmpty();
        }
    }

    private static List<Sample> samples(String text) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            boolean well = text.charAt(i) == '+';
            samples.add(new Sample(T0.plusMillis(500L * i), well, well ? "" : "sick", Map.of()));
        }
        return samples;
    }

    private static List<Instant> failures(String text) {
        return text.equals("none")
                ? List.of()
                : Arrays.stream(text.split(" ", -1)).map(RecoveryTest::at).toList();
    }

    private static Instant at(String halfSeconds) {
        return T0.plusMillis(500L * Integer.parseInt(halfSeconds));
    }
}
