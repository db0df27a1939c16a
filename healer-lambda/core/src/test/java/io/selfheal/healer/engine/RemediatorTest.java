package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.testkit.FailingStore;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

    @Nested
    class GivenSomethingThatHoldsItBack {
        @Test
        void whenPaused_thenNothingHappensUntilResumed() {
            world.switches.pause(new Pause(
                    Optional.empty(),
                    "release",
                    "ann",
                    world.clock.instant(),
                    world.clock.instant().plus(MINUTES_5)));
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.run(MINUTE);
            assertThat(world.actions()).isEmpty();
            assertThat(world.reasons(order)).containsOnlyOnce(Reason.PAUSED);
            assertThat(world.store.writes()).isEqualTo(1);

            world.switches.resume(Optional.empty());
            healer.run(Duration.ofSeconds(2));

            assertThat(world.actions()).containsExactly(restartFirst);
        }

        @Test
        void whenPausesCannotBeRead_thenNothingHappens() {
            world.switches.unreadable(true);
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.run(MINUTE);

            assertThat(world.actions()).isEmpty();
            assertThat(world.reasons(order)).contains(Reason.FACTS_UNKNOWN);
        }

        @Test
        void whenTheFleetIsAway_thenNothingHappensUntilItIsBack() {
            world.fleet.away("throttled");
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.run(MINUTE);
            assertThat(world.actions()).isEmpty();
            assertThat(phase()).isEqualTo(Phase.OPEN);
            assertThat(world.reasons(order)).contains(Reason.FACTS_UNKNOWN);

            world.fleet.back();
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(restartFirst);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenTheFleetIsAwayForLong_thenAHumanIsCalledAndItStillHealsWhenItIsBack() {
            world.fleet.away("throttled");
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.run(MINUTES_5);
            assertThat(phase()).isEqualTo(Phase.ESCALATED);
            assertThat(world.actions()).isEmpty();

            world.fleet.back();
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(restartFirst);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenADeploymentIsInProgress_thenItWaitsForItsEnd() {
            world.fleet.deploying(order, true);
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.run(MINUTE);
            assertThat(world.actions()).isEmpty();

            world.fleet.deploying(order, false);
            healer.run(Duration.ofSeconds(7));

            assertThat(world.actions()).containsExactly(restartFirst);
        }

        @Test
        void whenInShadow_thenTheDecisionIsWrittenDownOnce() {
            HealerBench shadow =
                    world.healer(world.parts().withPolicies(HealerBench.POLICIES.replace("mode: act", "mode: shadow")));
            shadow.fires(world.alert("ErrorBurst", order, first));
            shadow.run(MINUTE);

            assertThat(world.actions()).isEmpty();
            assertThat(world.reasons(order)).containsExactly(Reason.ALERT_FIRING, Reason.SHADOW);
        }

        @Test
        void whenNoPolicyMatches_thenAHumanIsCalledAndNothingIsDone() {
            Alert odd = world.alert("SomethingOdd", order, first);
            healer.fires(odd);
            healer.run(MINUTE);
            assertThat(world.actions()).isEmpty();
            assertThat(world.reasons(order)).containsExactly(Reason.ALERT_FIRING, Reason.NO_POLICY);

            healer.resolves(odd);
            healer.run(MINUTE);

            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenAnAlertWithoutPolicyStands_thenOneWithPolicyIsStillHealed() {
            healer.fires(world.alert("SomethingOdd", order));
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(restartFirst);
            assertThat(phase()).isEqualTo(Phase.ESCALATED);
        }
    }

    @Nested
    class GivenResolvedAlerts {
        @Test
        void whenAResolvedAlertIsAllThatComes_thenNothingIsOpenedOrDone() {
            healer.resolves(world.alert("ErrorBurst", order, first));
            healer.run(MINUTE);

            assertThat(world.incidents()).isEmpty();
            assertThat(world.actions()).isEmpty();
        }

        @Test
        void whenItResolvesWhileHeldBack_thenPendingWorkIsOff() {
            world.fleet.deploying(order, true);
            Alert burst = world.alert("ErrorBurst", order, first);
            healer.fires(burst);
            healer.resolves(burst);
            world.fleet.deploying(order, false);
            healer.run(MINUTE);

            assertThat(world.actions()).isEmpty();
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenAllResolvesButTheServiceIsNotWell_thenItIsNotHealed() {
            world.fleet.replacementsAreSick(true);
            Alert burst = world.alert("ErrorBurst", order, first);
            healer.fires(burst);
            healer.run(SECONDS_3);
            healer.resolves(burst);
            healer.run(Duration.ofSeconds(20));

            assertThat(phase()).isEqualTo(Phase.VERIFYING);
        }

        @Test
        void whenNothingCanBeRead_thenItIsNotHealed() {
            Alert burst = world.alert("ErrorBurst", order, first);
            healer.fires(burst);
            world.fleet.away("network");
            healer.resolves(burst);
            healer.run(MINUTES_5);

            assertThat(world.latest(order).state().over()).isFalse();
            assertThat(world.actions()).containsExactly(restartFirst);
        }
    }

    @Nested
    class GivenReconciling {
        @Test
        void whenAWebhookWasLost_thenTheListOpensTheIncident() {
            healer.remediator().reconcile(SignalSource.ALERTMANAGER, List.of(world.alert("ErrorBurst", order, first)));
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(restartFirst);
        }

        @Test
        void whenAResolveWasLost_thenTheListEndsTheAlert() {
            world.fleet.deploying(order, true);
            Alert ratio = world.alert("ServiceErrorRatio", order);
            healer.fires(ratio);
            healer.remediator().reconcile(SignalSource.ALERTMANAGER, List.of());
            assertThat(world.latest(order).alerts().getFirst().firing()).isTrue();
            world.clock.advance(Duration.ofSeconds(16));
            healer.remediator().reconcile(SignalSource.GRAFANA, List.of());
            assertThat(world.latest(order).alerts().getFirst().firing()).isTrue();
            healer.remediator().reconcile(SignalSource.ALERTMANAGER, List.of());

            assertThat(world.latest(order).alerts().getFirst().firing()).isFalse();
        }

        @Test
        void whenTheListHoldsNothingNew_thenNothingIsWritten() {
            world.fleet.deploying(order, true);
            Alert burst = world.alert("ErrorBurst", order, first);
            healer.fires(burst);
            int writes = world.store.writes();
            for (int i = 0; i < 10; i++) {
                healer.remediator().reconcile(SignalSource.ALERTMANAGER, List.of(burst));
                healer.run(SECONDS_3);
            }

            assertThat(world.store.writes()).isEqualTo(writes);
        }

        @Test
        void whenMonitoringForgotAnAlertAndFindsItAgain_thenItStandsAgain() {
            world.fleet.deploying(order, true);
            Alert ratio = world.alert("ServiceErrorRatio", order);
            healer.fires(ratio);
            world.clock.advance(Duration.ofSeconds(16));
            healer.remediator().reconcile(SignalSource.ALERTMANAGER, List.of());
            world.clock.advance(Duration.ofSeconds(16));
            healer.remediator().reconcile(SignalSource.ALERTMANAGER, List.of(ratio));

            assertThat(world.latest(order).alerts().getFirst().firing()).isTrue();
        }
    }

    @Nested
    class GivenAFleetEvent {
        private Signal stopped() {
            return new Signal.FleetEvent(
                    SignalSource.ECS,
                    order,
                    Optional.of(first),
                    "TASK_STOPPED",
                    "exit code 137",
                    "k",
                    world.clock.instant());
        }

        @Test
        void whenNothingIsOpen_thenNothingIsDone() {
            world.fleet.crash(first);
            assertThat(healer.remediator().accept(List.of(stopped()))).isEqualTo(1);
            healer.run(MINUTE);

            assertThat(world.incidents()).isEmpty();
            assertThat(world.actions()).isEmpty();
        }

        @Test
        void whenAnIncidentIsOpen_thenItsHistoryTellsWithoutAWriteOfItsOwn() {
            healer.fires(world.alert("ErrorBurst", order, first));
            int writes = world.store.writes();
            healer.remediator().accept(List.of(stopped()));
            assertThat(world.store.writes()).isEqualTo(writes);
            healer.run(MINUTE);

            assertThat(world.reasons(order)).contains(Reason.FLEET_EVENT);
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
    class GivenNewsWhileHeldBack {
        @Test
        void thenItIsSavedBeforeItIsAcknowledged() {
            world.fleet.deploying(order, true);
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.fires(world.alert("ServiceErrorRatio", order));

            assertThat(world.latest(order).alerts()).hasSize(2);
        }

        @Test
        void whenAnActionIsUnderVerification_thenAServiceAlertIsSavedToo() {
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.fires(world.alert("ServiceErrorRatio", order));

            assertThat(phase()).isEqualTo(Phase.VERIFYING);
            assertThat(world.latest(order).alerts()).hasSize(2);
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
    class GivenAnAlertThatRodeAlongWithAnAction {
        private final List<Runnable> heldUp = new ArrayList<>();
        // Facts are waited for, so they are read at once; the action itself never gets its turn.
        private final HealerBench late = world.healer(world.parts()
                .withExecutor(command -> {
                    if (command instanceof CompletableFuture.AsynchronousCompletionTask) {
                        command.run();
                    } else {
                        heldUp.add(command);
                    }
                })
                .withoutWatch());
        private final Alert rider = world.alert("TaskStuck", order, first);

        private void ridesInMemory() {
            late.fires(world.alert("ErrorBurst", order, first));
            late.fires(rider);
            assertThat(phase()).isEqualTo(Phase.ACTING);
            assertThat(world.latest(order).alerts()).hasSize(1);
        }

        @Test
        void whenItIsSentAgainAfterTheActionEnded_thenItIsStored() {
            ridesInMemory();
            world.fleet.deploying(order, true);
            healer.run(MINUTE);
            assertThat(phase()).isEqualTo(Phase.OPEN);

            late.fires(rider);

            assertThat(world.latest(order).alerts()).hasSize(2);
        }

        @Test
        void whenItIsSentAgainWhileTheActionIsOnItsWay_thenNothingIsWritten() {
            ridesInMemory();
            int writes = world.store.writes();

            late.fires(rider);

            assertThat(world.store.writes()).isEqualTo(writes);
            assertThat(heldUp).hasSize(1);
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
