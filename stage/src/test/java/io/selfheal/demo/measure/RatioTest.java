package io.selfheal.demo.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RatioTest {

    @Test
    void givenAlwaysHalf_thenHalfAndNoDoubt() {
        Ratio ratio = Ratio.of(List.of(1.0, 2.0, 5.0), List.of(2.0, 4.0, 10.0));

        assertThat(ratio.median()).isCloseTo(0.5, within(1e-9));
        assertThat(ratio.low()).isCloseTo(0.5, within(1e-9));
        assertThat(ratio.high()).isCloseTo(0.5, within(1e-9));
        assertThat(ratio.clears(0.51)).isTrue();
        assertThat(ratio.clears(0.49)).isFalse();
        assertThat(ratio.mayBeOne()).isFalse();
    }

    @Test
    void givenPairsOnASlowingMachine_thenTheSlowingCancels() {
        List<Double> first = DoubleStream.iterate(1, n -> n < 30, n -> n + 1)
                .map(n -> n * 3)
                .boxed()
                .toList();
        List<Double> second = DoubleStream.iterate(1, n -> n < 30, n -> n + 1)
                .map(n -> n * 4)
                .boxed()
                .toList();

        assertThat(Ratio.of(first, second).high()).isCloseTo(0.75, within(1e-9));
    }

    @Test
    void givenNoise_thenTheBoundsHoldTheMedianAndAreTheSameEachTime() {
        List<Double> first = List.of(0.9, 1.2, 1.0, 0.8, 1.1, 1.05, 0.97);
        List<Double> second = List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0);

        Ratio ratio = Ratio.of(first, second);

        assertThat(ratio.low()).isBetween(0.8, ratio.median());
        assertThat(ratio.high()).isBetween(ratio.median(), 1.2);
        assertThat(ratio.mayBeOne()).isTrue();
        assertThat(Ratio.of(first, second)).isEqualTo(ratio);
    }

    @Test
    void givenNoPairs_thenRefused() {
        assertThatThrownBy(() -> Ratio.of(List.of(), List.of())).hasMessageContaining("pairs");
        assertThatThrownBy(() -> Ratio.of(List.of(1.0), List.of(1.0, 2.0))).hasMessageContaining("1 values and 2");
    }
}
