package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.testkit.FailingStore;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A healer that dies or is held up, a store that is away, an incident that cannot be decided. */
class HealerTroubleTest {
    private static final Duration SECONDS_3 = Duration.ofSeconds(3);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MINUTES_5 = Duration.ofMinutes(5);
    private final World world = new World();
    private final ServiceId order = world.fleet.service("order", 2);
    private final TaskId first = world.fleet.tasksOf(order).getFirst();
    private final HealerBench healer = world.healer();
    private final Action restartFirst = new Action.RestartTask(order, first);

    private Phase phase() {
        return world.latest(order).state().phase();
    }

    @Nested
    class GivenACrash {
        @Test
        void whenTheFleetReplacesTheTask_thenTheHealerStaysOut() {
            healer.step();
            Alert down = world.alert("TaskDown", order, first);
            world.fleet.crash(first);
            healer.fires(down);
            healer.run(MINUTE);

            assertThat(world.actions()).isEmpty();
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
            assertThat(world.reasons(order))
                    .contains(Reason.REPLACEMENT_IN_PROGRESS)
                    .endsWith(Reason.RECOVERED);
        }

        @Test
        void whenTheAlertComesWhenAllIsWellAgain_thenNoIncidentIsOpened() {
            Alert down = world.alert("TaskDown", order, first);
            world.fleet.crash(first);
            healer.run(SECONDS_3);
            healer.fires(down);
            healer.remediator().reconcile(SignalSource.ALERTMANAGER, List.of(down));

            assertThat(world.incidents()).isEmpty();
            assertThat(healer.ignored()).isNotEmpty();
        }

        @Test
        void whenTheReplacementNeverComes_thenAHumanIsCalled() {
            healer.step();
            world.fleet.startTime(Duration.ofHours(1));
            world.fleet.crash(first);
            healer.fires(world.alert("TaskDown", order, first));
            healer.run(MINUTES_5);

            assertThat(world.actions()).isEmpty();
            assertThat(phase()).isEqualTo(Phase.ESCALATED);
        }
    }

    @Nested
    class GivenAStoreThatIsDown {
        @Test
        void whenSignalsCome_thenTheyAreNotAcknowledgedAndHealedWhenSentAgain() {
            FailingStore store = new FailingStore(world.store);
            HealerBench unlucky = world.healer(world.parts().withStore(store));
            Alert burst = world.alert("ErrorBurst", order, first);
            store.down(true);
            assertThatThrownBy(() -> unlucky.fires(burst)).isInstanceOf(StoreUnavailableException.class);
            assertThat(world.actions()).isEmpty();

            store.down(false);
            unlucky.fires(burst);
            unlucky.run(MINUTE);

            assertThat(world.actions()).containsExactly(restartFirst);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenItGoesDownAfterTheClaim_thenTheActionIsNotRepeated() {
            FailingStore store = new FailingStore(world.store);
            HealerBench unlucky = world.healer(world.parts().withStore(store));
            store.downAfterSaves(1);
            unlucky.fires(world.alert("ErrorBurst", order, first));
            assertThat(phase()).isEqualTo(Phase.ACTING);
            store.down(false);
            unlucky.run(MINUTE);

            assertThat(world.actions()).containsExactly(restartFirst);
            assertThat(world.reasons(order)).contains(Reason.ACTION_ACCEPTED).doesNotContain(Reason.LEASE_EXPIRED);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }
    }

    @Nested
    class GivenAHealerThatIsHeldUpAfterItsClaim {
        @Test
        void whenItsLeaseIsOver_thenItDoesNotActAnyMore() {
            List<Runnable> heldUp = new ArrayList<>();
            HealerBench late =
                    world.healer(world.parts().withExecutor(heldUp::add).withoutWatch());
            // Facts are read on the same executor: what accept leaves undecided a second healer claims nothing of.
            healer.step();
            late.view().saw(known(order), world.fleet.probe(known(order).tasks()), world.clock.instant());
            late.fires(world.alert("ErrorBurst", order, first));
            run(heldUp);
            assertThat(phase()).isEqualTo(Phase.ACTING);
            world.clock.advance(Duration.ofSeconds(20));
            run(heldUp);

            assertThat(world.actions()).isEmpty();
            healer.run(MINUTE);
            assertThat(world.reasons(order)).contains(Reason.LEASE_EXPIRED);
            assertThat(world.actions()).doesNotContain(restartFirst);
        }

        private void run(List<Runnable> heldUp) {
            List<Runnable> now = List.copyOf(heldUp);
            heldUp.clear();
            now.forEach(Runnable::run);
        }

        private ServiceState known(ServiceId service) {
            return switch (world.fleet.describe(service)) {
                case Fact.Known<ServiceState>(ServiceState state, Instant _) -> state;
                case Fact.Unknown<ServiceState>(String why) -> throw new AssertionError(why);
            };
        }
    }

    @Nested
    class GivenAPoisonedIncident {
        @Test
        void thenTheOthersAreHealedAllTheSame() {
            ServiceId user = world.fleet.service("user", 2);
            FailingStore store = new FailingStore(world.store);
            HealerBench unlucky = world.healer(world.parts().withStore(store));
            world.fleet.deploying(order, true);
            world.fleet.deploying(user, true);
            unlucky.fires(world.alert("ErrorBurst", order, first));
            unlucky.fires(
                    world.alert("ErrorBurst", user, world.fleet.tasksOf(user).getFirst()));
            store.poison(order);
            world.fleet.deploying(order, false);
            world.fleet.deploying(user, false);
            unlucky.run(MINUTE);

            assertThat(world.actions()).hasSize(1);
            assertThat(world.latest(user).state().phase()).isEqualTo(Phase.RESOLVED);
            assertThat(unlucky.troubles()).isNotEmpty();
        }
    }
}
