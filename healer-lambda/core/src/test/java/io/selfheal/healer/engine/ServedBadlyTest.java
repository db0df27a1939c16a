package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.testkit.HealerBench;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tasks that were slow together, and of which one is the last to recover. */
class ServedBadlyTest {
    private static final Duration TOGETHER = Settings.DEFAULT.rules().together();

    private final HealerBench.World world = new HealerBench.World();
    private final ServiceId order = world.fleet.service("order", 2);
    private final TaskId first = world.fleet.tasksOf(order).getFirst();
    private final TaskId second = world.fleet.tasksOf(order).getLast();
    private final HealerBench healer = healer();

    private HealerBench healer() {
        // Evidence is gathered only where a policy goes by it.
        return world.healer(world.parts()
                .withPolicies(HealerBench.POLICIES.replace(
                        "[restart-task, redeploy, escalate]", "[roll-back, restart-task, escalate]")));
    }

    private void slow(double ofTheFirst, double ofTheSecond) {
        Evidence none = Evidence.unknown("not measured");
        world.evidence(new Evidence(
                new Fact.Known<>(
                        Map.of(first, new Vitals(20, 0, ofTheFirst), second, new Vitals(20, 0, ofTheSecond)),
                        world.clock.instant()),
                none.calls(),
                none.retryShare(),
                none.releases(),
                none.stops(),
                none.logs(),
                none.traces()));
    }

    @Nested
    class GivenALoadThatMakesBothSlow_andAnAlertOnOne {

        @BeforeEach
        void bothSlowForLongerThanIsRemembered() {
            slow(0.9, 0.9);
            healer.fires(world.alert("TaskSlow", order, first));
            healer.run(TOGETHER.plusSeconds(10));

            assertThat(world.actions()).isEmpty();
            assertThat(world.reasons(order)).endsWith(Reason.MANY_SICK_TASKS);
        }

        @Test
        void whenTheOtherRecoversFirst_thenTheLastOneIsNotTakenForTheCulprit() {
            slow(0.9, 0);
            healer.run(TOGETHER.minusSeconds(3));
            assertThat(world.actions()).isEmpty();

            slow(0, 0);
            healer.resolves(world.alert("TaskSlow", order, first));
            healer.run(Duration.ofMinutes(1));
            assertThat(world.actions()).isEmpty();
        }

        @Test
        void whenItIsStillSlowLongAfter_thenItIsTheCulprit() {
            slow(0.9, 0);
            healer.run(TOGETHER.plusSeconds(3));

            assertThat(world.actions()).containsExactly(new Action.RestartTask(order, first));
        }

        @Test
        void whenWhatIsMeasuredIsAwayForAMoment_thenNothingIsForgotten() {
            world.evidence(Evidence.unknown("no answer in time"));
            healer.run(Duration.ofSeconds(3));
            slow(0.9, 0);
            healer.run(Duration.ofSeconds(3));

            assertThat(world.actions()).isEmpty();
        }
    }

    @Test
    void givenOneThatIsSlowAlone_thenItIsRestartedAtOnce() {
        slow(0.9, 0.1);
        healer.fires(world.alert("TaskSlow", order, first));
        healer.run(Duration.ofSeconds(2));

        assertThat(world.actions()).containsExactly(new Action.RestartTask(order, first));
    }
}
