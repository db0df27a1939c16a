package io.selfheal.healer.testkit;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.control.StormLatch.Rearming;
import io.selfheal.healer.control.StormLatch.Storm;
import io.selfheal.healer.control.Storms;
import io.selfheal.healer.fact.Fact;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every implementation of the storms keeps to. */
public abstract class StormsContract {

    /** The same storms throughout one test, none at its start. */
    protected abstract Storms storms();

    private static Storm storm(int seconds) {
        return new Storm(T0.plusSeconds(seconds), "3 services fell ill, number " + seconds);
    }

    private static Rearming rearming(int seconds) {
        return new Rearming(T0.plusSeconds(seconds), "the switch is replaced", "ann");
    }

    private StormLatch latch() {
        return switch (storms().latch(T0)) {
            case Fact.Known<StormLatch>(StormLatch latch, Instant _) -> latch;
            case Fact.Unknown<StormLatch>(String why) -> throw new AssertionError("not readable: " + why);
        };
    }

    @Test
    void givenNoStorm_thenNoneStands_andThereIsNothingToRearm() {
        assertThat(latch()).isEqualTo(StormLatch.NONE);
        assertThat(storms().rearm(rearming(1))).isFalse();
        assertThat(latch()).isEqualTo(StormLatch.NONE);
    }

    @Test
    void whenAStormIsSeenTwice_thenTheFirstStands() {
        assertThat(storms().trip(storm(1))).isTrue();
        assertThat(storms().trip(storm(2))).isFalse();

        assertThat(latch().standing()).contains(storm(1));
    }

    @Test
    void whenSomebodyRearms_thenNoneStandsAndItIsKnownWhoAndWhy_andTheNextStormStandsAgain() {
        storms().trip(storm(1));
        assertThat(storms().rearm(rearming(5))).isTrue();
        assertThat(storms().rearm(rearming(6))).isFalse();

        assertThat(latch().standing()).isEmpty();
        assertThat(latch().rearmed()).contains(rearming(5));

        assertThat(storms().trip(storm(9))).isTrue();
        assertThat(latch().standing()).contains(storm(9));
        assertThat(storms().rearm(rearming(12))).isTrue();
        assertThat(latch().rearmed()).contains(rearming(12));
    }

    @Test
    void whenManySeeItAtOnce_thenExactlyOneTrips() throws Exception {
        int many = 4;
        CyclicBarrier together = new CyclicBarrier(many);
        try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
            int tripped = 0;
            for (Future<Boolean> one : threads.invokeAll(IntStream.range(0, many)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        together.await();
                        return storms().trip(storm(i));
                    })
                    .toList())) {
                tripped += one.get() ? 1 : 0;
            }
            assertThat(tripped).isEqualTo(1);
        }
    }
}
