package io.selfheal.shop.kit.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.selfheal.shop.kit.testkit.ManualClock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SheddingTest {

    private final ManualClock clock = new ManualClock();
    private final Shedding shedding = new Shedding(clock, new SimpleMeterRegistry());

    private void begin(Object admit) {
        shedding.begin(ModeRequest.parse(Map.of("ttl", "PT5M", "reason", "test", "admit", admit)));
    }

    private long admitted(int requests) {
        return IntStream.range(0, requests).filter(i -> shedding.admits("GET")).count();
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1", "0.3, 3", "0.5, 5", "0.7, 7", "0.9, 9"})
    void whenRequestsCome_thenOfAnyTenInARowJustTheShareIsLetIn(double admit, int ofTen) {
        begin(admit);
        for (int i = 0; i < 1_000; i++) {
            assertThat(admitted(10)).isEqualTo(ofTen);
            shedding.admits("POST");
        }
    }

    @Test
    void whenReadsAndWritesTakeTurns_thenNeitherLosesAll() {
        begin(0.5);
        long reads = 0;
        long writes = 0;
        for (int i = 0; i < 100; i++) {
            reads += shedding.admits("GET") ? 1 : 0;
            writes += shedding.admits("POST") ? 1 : 0;
        }
        assertThat(reads).isEqualTo(50);
        assertThat(writes).isEqualTo(50);
    }

    @Test
    void whenTheTimeIsOver_thenAllAreLetInAndARenewalStartsTheTimeAnew() {
        begin(0.5);
        clock.advance(Duration.ofMinutes(4));
        begin(0.5);
        clock.advance(Duration.ofMinutes(4));
        assertThat(shedding.active()).isTrue();
        assertThat(admitted(10)).isEqualTo(5);

        clock.advance(Duration.ofMinutes(1));

        assertThat(shedding.active()).isFalse();
        assertThat(admitted(10)).isEqualTo(10);
        assertThat(shedding.view()).isEqualTo(ModeView.inactive("shedding"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN, Double.POSITIVE_INFINITY, 0.000_000_1})
    void whenTheShareMakesNoSense_thenItIsRefused(double admit) {
        assertThatThrownBy(() -> begin(admit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'admit'");
        assertThat(shedding.active()).isFalse();
    }
}
