package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Signals that come late, again, from several sources or not at all. */
class SignalsFoldedInTest {
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
}
