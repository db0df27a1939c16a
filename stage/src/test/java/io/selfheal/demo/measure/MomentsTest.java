package io.selfheal.demo.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MomentsTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void givenAllMoments_whenSplit_thenEveryStageHasItsShare() {
        Moments moments = new Moments(T0, at(1000), at(1010), at(1030), at(1130), at(2500), at(6500));

        assertThat(moments.budget())
                .containsExactly(
                        entry("detect", 1.0),
                        entry("notify", 0.01),
                        entry("decide", 0.02),
                        entry("act", 0.1),
                        entry("start", 1.37),
                        entry("verify", 4.0));
        assertThat(moments.mttrSeconds()).contains(2.5);
    }

    @Test
    void givenNoAlert_whenSplit_thenTheHealersOwnProbeDetected() {
        Moments moments =
                new Moments(T0, Optional.empty(), at(700), at(710), at(720), Optional.empty(), Optional.empty());

        assertThat(moments.budget()).containsExactly(entry("detect", 0.7), entry("decide", 0.01), entry("act", 0.01));
        assertThat(moments.mttrSeconds()).isEmpty();
    }

    @Test
    void givenTheHealerClosedItBeforeUsersWereWell_whenSplit_thenThatStageIsLeftOut() {
        Moments moments = new Moments(T0, at(1000), at(1010), at(1030), at(1130), at(6500), at(2500));

        assertThat(moments.budget()).containsEntry("start", 5.37).doesNotContainKey("verify");
    }

    private static Optional<Instant> at(long millis) {
        return Optional.of(T0.plusMillis(millis));
    }
}
