package io.selfheal.shop.kit.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.selfheal.shop.kit.client.DependencyNames;
import io.selfheal.shop.kit.testkit.ManualClock;
import io.selfheal.shop.kit.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DegradedTest {

    private final ManualClock clock = new ManualClock();
    private final Instant start = clock.instant();
    private final Degraded degraded = degraded(List.of("user", "product"));

    private Degraded degraded(List<String> names) {
        return new Degraded(new DependencyNames(names), clock, new SimpleMeterRegistry());
    }

    private static ModeRequest request(Map<String, Object> settings) {
        return new ModeRequest(Duration.ofMinutes(5), "test", settings);
    }

    private boolean isOff(String dependency) {
        return degraded.offUntil(dependency).isAfter(clock.instant());
    }

    @Test
    void whenOneIsNamed_thenOnlyThatOneIsSwitchedOffAndItComesBackByItself() {
        degraded.begin(request(Map.of("dependency", "product")));
        assertThat(isOff("product")).isTrue();
        assertThat(isOff("user")).isFalse();

        clock.advance(Duration.ofMinutes(5));

        assertThat(degraded.active()).isFalse();
        assertThat(degraded.offUntil("product")).isEqualTo(start.plus(Duration.ofMinutes(5)));
        assertThat(degraded.offUntil("user")).isEqualTo(Instant.EPOCH);
    }

    @Test
    void whenNoneIsNamed_thenAllAreSwitchedOffUntilItEnds() {
        degraded.begin(request(Map.of()));
        assertThat(isOff("product") && isOff("user")).isTrue();
        clock.advance(Duration.ofMinutes(1));

        degraded.end();

        assertThat(isOff("product") || isOff("user")).isFalse();
        assertThat(degraded.offUntil("user")).isEqualTo(start.plus(Duration.ofMinutes(1)));
    }

    @Test
    void whenItIsRenewedForAnother_thenTheFirstIsAskedAgain() {
        degraded.begin(request(Map.of("dependency", "product")));
        degraded.begin(request(Map.of("dependency", "user")));

        assertThat(isOff("product")).isFalse();
        assertThat(isOff("user")).isTrue();
    }

    @Test
    void whenTheDependencyIsUnknown_thenItIsRefused() {
        assertThatThrownBy(() -> degraded.begin(request(Map.of("dependency", "stock"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stock")
                .hasMessageContaining("[user, product]");
    }

    @Test
    void givenAServiceThatCallsNobody_whenBegun_thenThereIsNothingToDegrade() {
        assertThatThrownBy(() -> degraded(List.of()).begin(request(Map.of())))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("calls no other one");
    }
}
