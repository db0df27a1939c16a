package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A fleet whose API takes an action only later: nobody is claimed for, and no look grows old, in the meantime. */
class PlacesTest {
    private static final Duration BUSY = Duration.ofSeconds(8);

    private final World world = new World();
    private final ServiceId order = world.fleet.service("order", 4);
    private final List<Instant> looksToAct = new ArrayList<>();
    private final HealerBench healer =
            world.healer(world.parts().withFleet(new Busy()).withoutWatch());
    private int places;

    private final class Busy implements Fleet {
        @Override
        public Fact<List<ServiceId>> services() {
            return world.fleet.services();
        }

        @Override
        public Fact<ServiceState> describe(ServiceId service) {
            return world.fleet.describe(service);
        }

        @Override
        public Fact<ServiceState> describeToAct(ServiceId service) {
            looksToAct.add(world.clock.instant());
            return describe(service);
        }

        @Override
        public Instant earliest(Action action, Instant now) {
            places++;
            return now.plus(BUSY);
        }

        @Override
        public Outcome apply(Action action, String key) {
            return world.fleet.apply(action, key);
        }
    }

    @Nested
    class GivenAnAlertWhileTheApiIsBusy {
        private final Alert alert =
                world.alert("ErrorBurst", order, world.fleet.tasksOf(order).getFirst());
        private final Instant fired = world.clock.instant();

        @BeforeEach
        void fires() {
            healer.fires(alert);
        }

        @Test
        void thenItIsSavedAtOnce_andNothingIsClaimedYet() {
            assertThat(world.latest(order).state()).isInstanceOf(IncidentState.Open.class);
            healer.run(BUSY.minusSeconds(2));

            assertThat(world.actions()).isEmpty();
            assertThat(world.latest(order).attempts()).isZero();
            assertThat(looksToAct).isEmpty();
        }

        @Test
        void whenItsPlaceComes_thenItIsLookedAtThen_andActedOnOnce_withoutAskingForAnotherPlace() {
            healer.run(BUSY.plusSeconds(1));

            assertThat(world.actions()).hasSize(1);
            assertThat(places).isEqualTo(1);
            Instant acted = world.fleet.applied().getFirst().at();
            assertThat(Duration.between(fired, acted)).isBetween(BUSY.minusSeconds(2), BUSY.plusSeconds(1));
            assertThat(looksToAct.getLast()).isEqualTo(acted);
        }

        @Test
        void whenTheAlertEndsInTheMeantime_thenNothingIsDone() {
            healer.run(Duration.ofSeconds(2));
            healer.resolves(alert);
            healer.run(BUSY.plusSeconds(2));

            assertThat(world.actions()).isEmpty();
        }

        @Test
        void whenItIsPausedInTheMeantime_thenNothingIsDone() {
            world.switches.pause(new Pause(
                    Optional.empty(),
                    "test",
                    "ann",
                    world.clock.instant(),
                    world.clock.instant().plusSeconds(600)));
            healer.run(BUSY.plusSeconds(2));

            assertThat(world.actions()).isEmpty();
        }
    }
}
