package io.selfheal.demo.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.measure.Sample;
import io.selfheal.demo.watch.FiringAlert;
import io.selfheal.demo.watch.Incident;
import io.selfheal.observability.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** When a run is over, out of what was seen until then. The fast profile: 2 s stable, 30 s for what nobody should touch, at most 60 s. */
class FinishTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Watch WATCH = Watch.of(Profile.FAST);

    @Nested
    class GivenAGrayFault {

        private final Finish finish = new Finish(Fault.HANG, true, WATCH);

        @Test
        void whenUsersHaveBeenWellForLongEnoughAndTheIncidentIsClosed_thenOver() {
            assertThat(finish.reached(sight(20, 4, "RESOLVED"))).isTrue();
        }

        @Test
        void whenTheIncidentIsOpenOrUsersAreUnwell_thenNotYet() {
            assertThat(finish.reached(sight(20, 4, "VERIFYING"))).isFalse();
            assertThat(finish.reached(sight(20, 20, "RESOLVED"))).isFalse();
            assertThat(finish.reached(sight(8, 4, "RESOLVED"))).isFalse();
        }

        @Test
        void whenTheLimitIsReached_thenOverWhateverIsSeen() {
            assertThat(finish.reached(sight(60, 60, "OPEN"))).isTrue();
        }
    }

    @Nested
    class GivenAFaultThatUsersDoNotNotice {

        private final Finish alone = new Finish(Fault.MEMORY_LEAK, false, WATCH);

        @Test
        void whenThereIsNoHealer_thenNotBeforeAnAlertTellsOfIt() {
            assertThat(alone.reached(sight(31, 0))).isFalse();
            assertThat(alone.reached(accused(sight(29, 0)))).isFalse();
            assertThat(alone.reached(accused(sight(31, 0)))).isTrue();
        }

        @Test
        void whenNoAlertEverComes_thenAtTheLimit() {
            assertThat(alone.reached(sight(60, 0))).isTrue();
        }

        private static Sight accused(Sight sight) {
            return new Sight(
                    sight.injectedAt(),
                    sight.now(),
                    sight.samples(),
                    sight.requests(),
                    List.of(new FiringAlert("TaskMemoryHigh", "product", "arn", sight.now())),
                    sight.incidents(),
                    sight.stopped(),
                    sight.asBefore());
        }
    }

    @Nested
    class GivenAFaultThatAllTasksShare {

        private final Finish finish = new Finish(Fault.PRODUCT_DOWN, true, WATCH);

        @Test
        void whenAPersonIsCalled_thenOnlyAfterTheTimeInWhichSomebodyMightStillAct() {
            assertThat(finish.reached(sight(29, 29, "ESCALATED"))).isFalse();
            assertThat(finish.reached(sight(30, 30, "ESCALATED"))).isTrue();
        }

        @Test
        void whenNobodyIsCalled_thenNotBeforeTheLimit() {
            assertThat(finish.reached(sight(59, 59, "OPEN"))).isFalse();
        }

        @Test
        void whenItWasEnded_thenClearedOnceUsersAreWellAndNoIncidentIsLeft() {
            assertThat(finish.cleared(sight(50, 40, "ESCALATED"))).isFalse();
            assertThat(finish.cleared(sight(50, 48, "RESOLVED"))).isFalse();
            assertThat(finish.cleared(sight(50, 40, "RESOLVED"))).isTrue();
        }
    }

    @Nested
    class GivenTooManyUsers {

        private final Finish finish = new Finish(Fault.SATURATION, true, WATCH);

        @Test
        void whenUsersAreWellAfterAnAction_thenTheStageEndsIt() {
            Sight sight = sight(40, 30, "SETTLING");

            assertThat(finish.reached(sight)).isTrue();
            assertThat(finish.endsFirst(sight)).isTrue();
        }

        @Test
        void whenUsersAreWellForAMomentWithoutAnAction_thenNotYet() {
            assertThat(finish.reached(sight(40, 30))).isFalse();
        }

        @Test
        void whenTheMeasureStands_thenItHasNotYetReturned() {
            assertThat(finish.cleared(sight(70, 30, "SETTLING"))).isFalse();
            assertThat(finish.cleared(sight(70, 30, "RESOLVED"))).isTrue();
        }
    }

    @Nested
    class GivenAnOverloadThatFeedsOnItself {

        private final Finish finish = new Finish(Fault.RETRY_STORM, true, WATCH);

        @Test
        void whenNobodyHasActed_thenNotBeforeTheLimit() {
            assertThat(finish.reached(sight(100, 100))).isFalse();
            assertThat(finish.reached(sight(180, 180))).isTrue();
        }

        @Test
        void whenUsersAreWellAfterAnActionButTheMeasureStands_thenNotYet() {
            assertThat(finish.reached(sight(60, 50, "SETTLING"))).isFalse();
        }

        @Test
        void whenThereIsNoHealer_thenAfterTheTimeThatTheProofNeeds() {
            Finish alone = new Finish(Fault.RETRY_STORM, false, WATCH);

            assertThat(alone.reached(sight(59, 59))).isFalse();
            assertThat(alone.reached(sight(60, 60))).isTrue();
        }
    }

    @Nested
    class GivenAControl {

        private final Finish finish = new Finish(Fault.LOAD_SPIKE, true, WATCH);

        @Test
        void whenNothingIsSeen_thenOverAfterItsTime() {
            assertThat(finish.reached(sight(29, 0))).isFalse();
            assertThat(finish.reached(sight(30, 0))).isTrue();
        }

        @Test
        void whenUsersAreUnwellAtItsEnd_thenNotYet() {
            assertThat(finish.reached(sight(31, 30))).isFalse();
        }
    }

    /** Well five times a second, but for the seconds from the first to {@code sickUntil}. */
    private static Sight sight(int seconds, int sickUntil, String... incidents) {
        List<Sample> samples = IntStream.rangeClosed(0, 5 * seconds)
                .mapToObj(i -> new Sample(
                        T0.plusMillis(200L * i), i < 5 || i > 5 * sickUntil || sickUntil == 0, "HTTP 500", Map.of()))
                .toList();
        Incident.Entry acted =
                new Incident.Entry(T0.plusSeconds(20), "ACT", "SATURATED", "from 2 to 3 tasks", "scale-out", "");
        return new Sight(
                T0,
                T0.plusSeconds(seconds),
                samples,
                List.of(),
                List.of(),
                IntStream.range(0, incidents.length)
                        .mapToObj(i -> new Incident(
                                "i" + i,
                                "product",
                                incidents[i],
                                T0.plusSeconds(1),
                                Optional.empty(),
                                List.of(),
                                incidents[i].equals("SETTLING") ? List.of(acted) : List.of()))
                        .toList(),
                List.of(),
                true);
    }
}
