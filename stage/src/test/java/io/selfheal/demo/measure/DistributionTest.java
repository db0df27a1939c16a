package io.selfheal.demo.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionTest {

    @ParameterizedTest(name = "1..{0}: p50 {1}, p95 {2}")
    @CsvSource({"1, 1, 1", "2, 1, 2", "3, 2, 3", "15, 8, 15", "20, 10, 19", "100, 50, 95"})
    void givenOneToN_whenSummed_thenNearestRanks(int n, double p50, double p95) {
        List<Double> values = IntStream.rangeClosed(1, n)
                .asDoubleStream()
                .map(value -> n + 1 - value)
                .boxed()
                .toList();

        assertThat(Distribution.of(values)).contains(new Distribution(n, p50, p95, n));
    }

    @Test
    void givenNothing_whenSummed_thenNothing() {
        assertThat(Distribution.of(DoubleStream.empty().boxed().toList())).isEmpty();
    }
}
