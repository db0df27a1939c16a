package io.selfheal.healer.lambda.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.testkit.MutableClock;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdsTest {
    private final MutableClock clock = new MutableClock();

    @Test
    void givenTwoProcessesOfOnePicture_thenTheirIdsDifferThoughClocksAndStateAreTheSame() {
        // What a picture holds of an Ids: it was made, and nothing was drawn.
        Ids one = new Ids(clock);
        Ids other = new Ids(clock);

        assertThat(one.get()).isNotEqualTo(other.get());
    }

    @Test
    void givenNoneWasNeeded_thenNothingWasDrawnThatAPictureCouldKeep() {
        AtomicInteger drawn = new AtomicInteger();
        Ids ids = new Ids(clock, () -> {
            drawn.incrementAndGet();
            return new Random(1);
        });
        assertThat(drawn).hasValue(0);

        ids.get();
        ids.get();
        assertThat(drawn).hasValue(1);
    }
}
