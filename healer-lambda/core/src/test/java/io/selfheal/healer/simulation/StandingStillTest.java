package io.selfheal.healer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.testkit.Fixtures;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import io.selfheal.healer.watch.FleetView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the simulation found in the engine, each as a story of its own. */
class StandingStillTest {
    private final World world = new World();
    private final ServiceId order = world.fleet.service("order", 2);
    private final TaskId first = world.fleet.tasksOf(order).getFirst();

    @Test
    void whenHeldUpBetweenLookAndClaim_thenLooksAgainBeforeItActs() {
        TaskId second = world.fleet.tasksOf(order).getLast();
        HealerBench healer = world.healer(world.parts().withoutWatch().withStore(new OddStore(world.store) {
            private int calls;

            @Override
            public Ledger ledger(Instant since) {
                // The third reading is the last one before the claim.
                if (++calls == 3) {
                    world.clock.advance(Duration.ofMinutes(1));
                    world.fleet.makeSick(second);
                }
                return super.ledger(since);
            }
        }));
        world.fleet.makeSick(first);

        healer.fires(world.alert("TaskStuck", order, first));

        assertThat(world.actions()).isEmpty();
    }

    @Test
    void whenHeldUpWhileItReadsFacts_thenTheDecisionIsAsOfAfterwards() {
        HealerBench healer = world.healer(world.parts().withoutWatch().withStore(new OddStore(world.store) {
            @Override
            public List<Opening> openings(Instant since, int limit) {
                world.clock.advance(Duration.ofSeconds(3));
                return super.openings(since, limit);
            }
        }));

        healer.fires(world.alert("ServiceErrorRatio", order));

        assertThat(world.latest(order).updatedAt()).isEqualTo(world.clock.instant());
    }

    @Test
    void whenAnotherTaskFallsSickDuringVerification_thenNoHarsherRungIsUsedEarly() {
        HealerBench healer = world.healer(world.parts().withPolicies("""
                version: 1
                name: test
                policies:
                  - name: saturated
                    match: ['alertname=~".+"']
                    ladder: [scale-out, redeploy, escalate]
                    mode: act
                    cooldown: PT1S
                    verification: {stabilisation: PT2S, deadline: PT30S}
                    scaleOut: {add: 1, ceiling: 4, returnAfter: PT10M}
                """));
        healer.fires(world.alert("ServiceSaturated", order));
        healer.run(Duration.ofSeconds(5));
        healer.fires(world.alert("ErrorBurst", order, first));
        healer.run(Duration.ofSeconds(10));

        assertThat(world.actions()).hasSize(1).allMatch(Action.ScaleOut.class::isInstance);
    }

    /** Seed 1321: the look before the claim saw a task missing, the next decision went by the one before that. */
    @Test
    void whenTheLastLookSawItUnwell_thenNoEarlierOneEndsTheStory() {
        HealerBench healer = world.healer();
        Alert saturated = world.alert("ServiceSaturated", order);
        healer.fires(saturated);
        healer.run(Duration.ofSeconds(5));
        healer.resolves(saturated);
        healer.run(Duration.ofSeconds(5));
        assertThat(world.latest(order).state().phase()).isEqualTo(Phase.SETTLING);

        world.clock.advance(Duration.ofMinutes(10));
        healer.watch().poll();
        world.fleet.crash(first);
        world.fleet.answerNextWith(new Outcome.Failed("the answer did not come"));
        healer.remediator().tick();

        assertThat(world.reasons(order)).contains(Reason.MEASURE_DUE, Reason.ACTION_FAILED);
        assertThat(world.latest(order).state().phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void whenALookTakesLong_thenWellCountsFromItsEnd() {
        Task task = new Task(
                first, "r:1", TaskStatus.RUNNING, Task.FleetHealth.UNKNOWN, Optional.empty(), Optional.of(Fixtures.T0));
        ServiceState state = new ServiceState(order, 1, List.of(task), Optional.empty());
        Instant end = Fixtures.T0.plusSeconds(10);

        assertThat(new FleetView(Duration.ofSeconds(5))
                        .saw(state, Map.of(first, new Fact.Known<>(new TaskHealth.Healthy(), end)), Fixtures.T0)
                        .wellSince())
                .contains(end);
    }
}
