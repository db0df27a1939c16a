package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.control.Silence;
import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Matcher;
import io.selfheal.healer.testkit.HealerBench;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What people have told the healer beforehand, from the port to the deed that is not done. */
class InstructionsTest {
    private final HealerBench.World world = new HealerBench.World();
    private final ServiceId order = world.fleet.service("order", 3);
    private final HealerBench healer = world.healer();
    private final TaskId victim = world.fleet.tasksOf(order).getFirst();

    @Nested
    class GivenASilence {

        @Test
        void whenItEnds_thenWhatStillFiresIsHealed() {
            world.silences.add(new Silence(
                    "s1",
                    List.of(Matcher.parse("service_name=\"order\"")),
                    "known",
                    "eve",
                    world.clock.instant(),
                    world.clock.instant().plusSeconds(60)));

            healer.fires(world.alert("TaskStuck", order, victim));
            healer.run(Duration.ofSeconds(50));
            assertThat(world.actions()).isEmpty();
            assertThat(world.reasons(order)).endsWith(Reason.SILENCED);

            healer.run(Duration.ofSeconds(20));
            assertThat(world.actions()).hasSize(1);
        }

        @Test
        void whenTheSilencesCannotBeRead_thenNothingIsDoneUntilTheyCan() {
            world.silences.unreadable(true);

            healer.fires(world.alert("TaskStuck", order, victim));
            healer.run(Duration.ofSeconds(30));
            assertThat(world.actions()).isEmpty();
            assertThat(world.reasons(order)).endsWith(Reason.FACTS_UNKNOWN);

            world.silences.unreadable(false);
            healer.run(Duration.ofSeconds(10));
            assertThat(world.actions()).hasSize(1);
        }
    }

    @Nested
    class GivenStormsThatAPersonEnds {
        private final HealerBench one = healer();
        private final HealerBench other = healer();

        private HealerBench healer() {
            return world.healer(world.parts()
                    .withPolicies(
                            HealerBench.POLICIES + "storm: {services: 3, window: PT1M, hold: PT1M, rearm: human}\n"));
        }

        private void threeFallIll() {
            for (String name : List.of("user", "product", "cart")) {
                ServiceId service = world.fleet.service(name, 3);
                // A service that no task is to blame for: each of them waits.
                one.fires(world.alert("ServiceErrorRatio", service));
            }
        }

        @Test
        void whenAStormIsSeen_thenOnePersonIsCalled_andNothingIsDoneUntilOneRearms() {
            threeFallIll();
            one.run(Duration.ofSeconds(5));
            other.run(Duration.ofSeconds(5));
            assertThat(one.storms().size() + other.storms().size()).isEqualTo(1);

            // Long after its hold, and with healers that remember nothing.
            world.clock.advance(Duration.ofHours(5));
            HealerBench later = healer();
            later.fires(world.alert("TaskStuck", order, victim));
            later.run(Duration.ofSeconds(10));
            assertThat(world.actions()).isEmpty();
            assertThat(world.reasons(order)).endsWith(Reason.STORM);

            world.storms.rearm(new StormLatch.Rearming(world.clock.instant(), "switch replaced", "ann"));
            later.run(Duration.ofSeconds(10));
            assertThat(world.actions()).containsExactly(new Action.RestartTask(order, victim));
        }

        @Test
        void whenSomebodyRearmsInTheMidst_thenWhatFellIllBeforeTripsItNotAgain_andWhatFallsIllAfterDoes() {
            threeFallIll();
            world.storms.rearm(new StormLatch.Rearming(world.clock.instant(), "a false alarm", "ann"));
            one.run(Duration.ofSeconds(5));
            assertThat(((Fact.Known<StormLatch>) world.storms.latch(world.clock.instant()))
                            .value()
                            .standing())
                    .isEmpty();

            for (String name : List.of("a", "b", "c")) {
                one.fires(world.alert("ServiceErrorRatio", world.fleet.service(name, 3)));
            }
            assertThat(one.storms()).hasSize(2);
        }

        @Test
        void whenItCannotBeReadOrWritten_thenNothingIsDone() {
            world.storms.away(true);
            one.fires(world.alert("TaskStuck", order, victim));
            one.run(Duration.ofSeconds(10));
            assertThat(world.actions()).isEmpty();
            assertThat(world.reasons(order)).endsWith(Reason.FACTS_UNKNOWN);

            world.storms.away(false);
            one.run(Duration.ofSeconds(10));
            assertThat(world.actions()).hasSize(1);
        }
    }
}
