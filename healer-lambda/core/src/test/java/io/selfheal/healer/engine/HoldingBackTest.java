package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What holds the healer back, and what becomes of the story then. */
class HoldingBackTest {
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
}
