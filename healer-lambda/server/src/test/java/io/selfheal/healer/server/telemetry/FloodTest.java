package io.selfheal.healer.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.testkit.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloodTest {
    private final MutableClock clock = new MutableClock();
    private final Flood flood = new Flood(clock);
    private final List<String> lines = new ArrayList<>();

    private void tell(int times) {
        for (int i = 0; i < times; i++) {
            flood.tell(lines::add);
        }
    }

    @Test
    void givenAFlood_thenSomeLinesAreWrittenAndTheNextMinuteSaysHowManyWereNot() {
        tell(10_000);
        assertThat(lines).hasSize(20).containsOnly("");

        clock.advance(Duration.ofSeconds(59));
        tell(1);
        assertThat(lines).hasSize(20);

        clock.advance(Duration.ofSeconds(1));
        tell(2);
        assertThat(lines.subList(20, 22)).containsExactly(" (and 9981 times more before)", "");
    }
}
