package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Whole stories: signals in, actions and history out, in the time of a clock. */
class RemediatorTest {
    private static final Duration SECONDS_3 = Duration.ofSeconds(3);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MINUTES_5 = Duration.ofMinutes(5);
    private final World world = new World();
    private final ServiceId order = world.fleet.service("order", 2);
    private final TaskId first = world.fleet.tasksOf(order).getFirst();
    private final TaskId second = world.fleet.tasksOf(order).getLast();
    private final HealerBench healer = world.healer();
    private final Action restartFirst = new Action.RestartTask(order, first);

    private Phase phase() {
        return world.latest(order).state().phase();
    }

    @Nested
    class GivenOneHungTask {
        @Test
        void whenOnlyTheProbeSeesIt_thenItIsRestartedAndVerifiedInTwoWrites() {
            healer.step();
            world.fleet.makeSick(first);
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(restartFirst);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
            assertThat(world.reasons(order)).endsWith(Reason.VERIFIED);
            assertThat(world.incidents()).hasSize(1);
            assertThat(world.store.writes()).isEqualTo(2);
        }

        @Test
        void whenAlertmanagerTellsItToo_thenOneActionAndStillTwoWrites() {
            healer.step();
            world.fleet.makeSick(first);
            healer.run(Duration.ofSeconds(2));
            Alert stuck = world.alert("TaskStuck", order, first);
            Alert unready = world.alert("TaskUnready", order, first);
            healer.fires(stuck);
            healer.fires(unready);
            healer.run(SECONDS_3);
            healer.resolves(stuck, unready);
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(restartFirst);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
            assertThat(world.incidents()).hasSize(1);
            assertThat(world.store.writes()).isEqualTo(2);
            assertThat(world.latest(order).alerts()).hasSizeGreaterThanOrEqualTo(3);
        }

        @Test
        void whenTheServiceAlarmsBesides_thenStillOneActionAndThreeWrites() {
            healer.step();
            world.fleet.makeSick(first);
            healer.fires(world.alert("TaskStuck", order, first));
            Alert ratio = world.alert("ServiceErrorRatio", order);
            healer.run(Duration.ofSeconds(1));
            healer.fires(ratio);
            healer.run(Duration.ofSeconds(8));
            healer.resolves(ratio);
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(restartFirst);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
            assertThat(world.store.writes()).isEqualTo(3);
        }

        @Test
        void whenItIsLookedAtAndNothingIsToBeDone_thenItIsToldUntilWhen_andNotAfterSomethingWas() {
            HealerBench lambda = world.healer(world.parts().withoutWatch());
            world.fleet.away("not to be read");
            lambda.fires(world.alert("TaskStuck", order, first));
            world.clock.advance(SECONDS_3);
            lambda.remediator().tick();
            assertThat(lambda.remediator().putOff())
                    .containsEntry(
                            order,
                            world.clock.instant().plus(HealerBench.rules().recheck()));

            world.fleet.back();
            world.fleet.makeSick(first);
            world.clock.advance(SECONDS_3);
            lambda.remediator().tick();
            assertThat(world.actions()).containsExactly(restartFirst);
            assertThat(lambda.remediator().putOff()).doesNotContainKey(order);
        }

        @Test
        void whenNobodyWatches_thenTheStoreKeepsTheStabilisationAndItStillHealsInFourWritesAtMost() {
            HealerBench lambda = world.healer(world.parts()
                    .withoutWatch()
                    .withSettings(
                            new Settings(HealerBench.rules(), Duration.ofMillis(250), Duration.ofMillis(1500), false)));
            world.fleet.makeSick(first);
            lambda.fires(world.alert("TaskStuck", order, first));
            for (int minute = 0; minute < 4; minute++) {
                world.clock.advance(MINUTE.minusSeconds(40));
                // A Lambda starts afresh each time.
                world.healer(world.parts()
                                .withoutWatch()
                                .withSettings(new Settings(
                                        HealerBench.rules(), Duration.ofMillis(250), Duration.ofMillis(1500), false)))
                        .remediator()
                        .tick();
            }

            assertThat(world.actions()).containsExactly(restartFirst);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
            assertThat(world.store.writes()).isLessThanOrEqualTo(4);
        }

        @Test
        void whenTheTaskIsGrayAndItsProbeIsWell_thenTheAlertAloneIsEnough() {
            Alert burst = world.alert("ErrorBurst", order, first);
            healer.fires(burst);
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(restartFirst);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenOnlyTheServiceAlarms_thenTheOneSickTaskIsFoundAndRestarted() {
            healer.step();
            world.fleet.makeSick(second);
            healer.step();
            Alert ratio = world.alert("ServiceErrorRatio", order);
            healer.fires(ratio);
            healer.run(SECONDS_3);
            healer.resolves(ratio);
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(new Action.RestartTask(order, second));
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }
    }

    @Nested
    class GivenAHealedTask {
        private TaskId replacement() {
            return world.fleet.tasksOf(order).stream()
                    .filter(task -> !task.equals(first) && !task.equals(second))
                    .findFirst()
                    .orElseThrow();
        }

        private Alert replacementIsSlowAfterTheIncident() {
            Alert burst = world.alert("ErrorBurst", order, first);
            healer.fires(burst);
            healer.run(Duration.ofSeconds(10));
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
            Alert slow = world.alert("ErrorBurst", order, replacement());
            healer.fires(slow);
            return slow;
        }

        @Test
        void whenItsReplacementIsComplainedAboutWhileItWarmsUp_thenItIsLeftAlone() {
            Alert slow = replacementIsSlowAfterTheIncident();
            healer.run(Duration.ofSeconds(20));
            assertThat(world.reasons(order)).contains(Reason.WARMING_UP);
            healer.resolves(slow);
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(restartFirst);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenTheComplaintOutlastsTheWarmUp_thenTheReplacementIsRestartedToo() {
            replacementIsSlowAfterTheIncident();
            TaskId replacement = replacement();
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(restartFirst, new Action.RestartTask(order, replacement));
        }
    }

    @Nested
    class GivenARestartThatDoesNotHelp {
        @Test
        void thenEachRungIsUsedOnceAndThenAHumanIsCalled() {
            world.fleet.replacementsAreSick(true);
            world.fleet.startTime(Duration.ofMillis(500));
            world.fleet.makeSick(first);
            healer.fires(world.alert("TaskStuck", order, first));
            healer.run(MINUTES_5);

            assertThat(world.actions()).startsWith(restartFirst).doesNotHaveDuplicates();
            assertThat(world.actions().stream().filter(Action.RestartTask.class::isInstance))
                    .hasSize(1);
            assertThat(phase()).isEqualTo(Phase.ESCALATED);
            assertThat(world.reasons(order)).contains(Reason.NOT_HEALED_IN_TIME);
        }

        @Test
        void whenItRecoversAfterAll_thenTheEscalatedIncidentEnds() {
            world.fleet.replacementsAreSick(true);
            world.fleet.startTime(Duration.ofMillis(500));
            world.fleet.makeSick(first);
            healer.fires(world.alert("TaskStuck", order, first));
            healer.run(MINUTES_5);
            world.fleet.tasksOf(order).forEach(world.fleet::makeHealthy);
            healer.run(MINUTE);

            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenTheFleetRefuses_thenTheNextRungFollowsAfterTheCooldown() {
            world.fleet.answerNextWith(new Outcome.Refused("not allowed"));
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(restartFirst, new Action.Redeploy(order));
            assertThat(world.latest(order).strikes()).isEqualTo(1);
            assertThat(world.reasons(order)).contains(Reason.ACTION_REFUSED, Reason.COOLDOWN);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }
    }

    @Nested
    class GivenTwoSickTasksOfFour {
        @Test
        void thenTheyAreRestartedOneAfterTheOther() {
            ServiceId user = world.fleet.service("user", 4);
            List<TaskId> tasks = world.fleet.tasksOf(user);
            healer.step();
            world.fleet.makeSick(tasks.get(0));
            world.fleet.makeSick(tasks.get(1));
            healer.run(MINUTE);

            assertThat(world.actions())
                    .containsExactlyInAnyOrder(
                            new Action.RestartTask(user, tasks.get(0)), new Action.RestartTask(user, tasks.get(1)));
            assertThat(world.latest(user).state().phase()).isEqualTo(Phase.RESOLVED);
            assertThat(world.latest(user).strikes()).isZero();
        }
    }

    @Nested
    class GivenManySickTasks {
        @Test
        void thenNoneIsRestartedAndAHumanIsCalledAfterAWhile() {
            healer.step();
            world.fleet.makeSick(first);
            world.fleet.makeSick(second);
            healer.run(MINUTES_5);

            assertThat(world.actions()).isEmpty();
            assertThat(phase()).isEqualTo(Phase.ESCALATED);
            assertThat(world.reasons(order)).contains(Reason.MANY_SICK_TASKS);
        }
    }
}
