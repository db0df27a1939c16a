package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A saturated service gets more tasks for a time, and gives them back. */
class ScaleOutTest {
    private static final Duration SECONDS_3 = Duration.ofSeconds(3);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final World world = new World();
    private final ServiceId order = world.fleet.service("order", 2);
    private final TaskId first = world.fleet.tasksOf(order).getFirst();
    private final HealerBench healer = world.healer();
    private final Action restartFirst = new Action.RestartTask(order, first);

    private Phase phase() {
        return world.latest(order).state().phase();
    }

    @Nested
    class GivenASaturatedService {
        @Test
        void thenItIsScaledOutVerifiedAndScaledBackInTime() {
            Alert saturated = world.alert("ServiceSaturated", order);
            healer.fires(saturated);
            healer.run(SECONDS_3);
            healer.resolves(saturated);
            healer.run(MINUTE);
            assertThat(world.fleet.desired(order)).isEqualTo(3);
            assertThat(phase()).isEqualTo(Phase.SETTLING);

            healer.run(Duration.ofMinutes(10));

            assertThat(world.fleet.desired(order)).isEqualTo(2);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenTheHealerDied_thenAnotherScalesBack() {
            Alert saturated = world.alert("ServiceSaturated", order);
            healer.fires(saturated);
            healer.run(SECONDS_3);
            healer.resolves(saturated);
            healer.run(MINUTE);
            world.clock.advance(Duration.ofMinutes(20));

            world.healer().run(MINUTE);

            assertThat(world.fleet.desired(order)).isEqualTo(2);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenAHumanScaledMeanwhile_thenTheirCountStands() {
            Alert saturated = world.alert("ServiceSaturated", order);
            healer.fires(saturated);
            healer.run(SECONDS_3);
            healer.resolves(saturated);
            healer.run(MINUTE);
            world.fleet.desired(order, 5);
            healer.run(Duration.ofMinutes(11));

            assertThat(world.fleet.desired(order)).isEqualTo(5);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenATaskHangsWhileTheMeasureStands_thenItIsHealedFromTheFirstRung() {
            Alert saturated = world.alert("ServiceSaturated", order);
            healer.fires(saturated);
            healer.run(SECONDS_3);
            healer.resolves(saturated);
            healer.run(MINUTE);
            world.fleet.makeSick(first);
            healer.run(MINUTE);

            assertThat(world.actions()).contains(restartFirst);
            assertThat(phase()).isEqualTo(Phase.SETTLING);
            healer.run(Duration.ofMinutes(10));
            assertThat(world.fleet.desired(order)).isEqualTo(2);
            assertThat(world.incidents()).hasSize(1);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenTheFleetIsAwayAtTheTime_thenItIsScaledBackLater() {
            Alert saturated = world.alert("ServiceSaturated", order);
            healer.fires(saturated);
            healer.run(SECONDS_3);
            healer.resolves(saturated);
            healer.run(MINUTE);
            world.fleet.away("throttled");
            healer.run(Duration.ofMinutes(12));
            assertThat(world.fleet.desired(order)).isEqualTo(3);

            world.fleet.back();
            healer.run(Duration.ofMinutes(2));

            assertThat(world.fleet.desired(order)).isEqualTo(2);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }
    }
}
