package io.selfheal.healer.policy;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FlapBreakerTest {
    private static final FlapBreaker BREAKER = new FlapBreaker(4, Duration.ofSeconds(60), Duration.ofSeconds(300));

    /** Flips and their end in seconds; no end: it does not flap. */
    private record Row(String name, int now, Optional<Integer> until, List<Integer> flips) {}

    @TestFactory
    Stream<DynamicTest> untilWhenNothingIsDone() {
        return Stream.of(
                        new Row("never", 100, Optional.empty(), List.of()),
                        new Row("one fewer", 100, Optional.empty(), List.of(10, 20, 30)),
                        new Row("so many", 100, Optional.of(340), List.of(10, 20, 30, 40)),
                        new Row("as far apart as the window", 100, Optional.empty(), List.of(10, 20, 30, 70)),
                        new Row("just within the window", 100, Optional.of(369), List.of(10, 20, 30, 69)),
                        new Row("the same moment told twice", 100, Optional.empty(), List.of(10, 20, 30, 30)),
                        new Row("the quarantine's last moment", 339, Optional.of(340), List.of(10, 20, 30, 40)),
                        new Row("the quarantine is over", 340, Optional.empty(), List.of(10, 20, 30, 40)),
                        new Row(
                                "calm since, and still in quarantine",
                                300,
                                Optional.of(340),
                                List.of(10, 20, 30, 40, 299)),
                        new Row("it goes on", 200, Optional.of(355), List.of(10, 20, 30, 40, 55)),
                        new Row("what is yet to come does not count", 35, Optional.empty(), List.of(10, 20, 30, 40)))
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    List<Instant> flips =
                            row.flips().stream().map(T0::plusSeconds).toList();
                    Instant now = T0.plusSeconds(row.now());
                    Optional<Instant> until = row.until().map(T0::plusSeconds);
                    assertThat(BREAKER.until(flips, now)).isEqualTo(until);
                    assertThat(BREAKER.until(flips.reversed(), now)).isEqualTo(until);
                }));
    }

    @Test
    void thenAsManyIncidentsAreReadAsCanTell_andNeverWithoutEnd() {
        assertThat(BREAKER.enough()).isEqualTo(4 * (2 + 5));
        assertThat(new FlapBreaker(1000, Duration.ofMillis(1), Duration.ofDays(1)).enough())
                .isEqualTo(10_000);
        assertThat(BREAKER.until(Collections.nCopies(100, T0), T0)).isEmpty();
    }

    @Test
    void givenNonsense_thenItIsRefused() {
        assertThatThrownBy(() -> new FlapBreaker(1, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessageContaining("flips >= 2");
        assertThatThrownBy(() -> new FlapBreaker(2, Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("window");
    }
}
