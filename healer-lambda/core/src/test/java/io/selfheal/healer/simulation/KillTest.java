package io.selfheal.healer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.simulation.SimFleet.Trouble;
import io.selfheal.healer.testkit.Fixtures;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * A task hangs while another service is saturated, two healers look on, and one of them is killed at one call of a port: at
 * each in turn, before it takes effect and after.
 */
class KillTest {
    private static final int NEVER = 0;

    private static World told(long killAt) {
        World world = new World(Weather.calm(2), new Random(1), Twist.NONE, false);
        world.killAt = killAt;
        ServiceId order = Fixtures.service("order");
        TaskId task = world.fleet.running(order).getFirst();
        world.fleet.trouble(order, task, Trouble.HUNG);
        world.monitors.alert("TaskStuck", order, Optional.of(task), () -> world.fleet
                .trouble(order, task)
                .filter(Trouble.HUNG::equals)
                .isPresent());
        world.monitors.alert("ServiceSaturated", World.WEB, Optional.empty(), () -> world.timeline.now() < 10_000);
        Simulation.untilOver(world);
        Simulation.atTheEnd(world);
        assertThat(world.fleet.trouble(order, task)).isEmpty();
        return world;
    }

    /** A task is set aside and load is shed: both have to end, whoever dies meanwhile. */
    private static World temporary(long killAt) {
        World world = new World(Weather.calmByCause(2), new Random(1), Twist.NONE, false);
        world.killAt = killAt;
        ServiceId pay = Fixtures.service("pay");
        ServiceId stock = Fixtures.service("stock");
        TaskId task = world.fleet.running(pay).getFirst();
        world.fleet.trouble(pay, task, Trouble.HUNG);
        world.monitors.alert("TaskStuck", pay, Optional.of(task), () -> world.fleet
                .trouble(pay, task)
                .filter(Trouble.HUNG::equals)
                .isPresent());
        world.fleet.storm(stock, 60_000);
        world.monitors.alert("ServiceErrorRatio", stock, Optional.empty(), () -> world.fleet.storms(stock));
        Simulation.untilOver(world);
        Simulation.atTheEnd(world);
        assertThat(world.fleet.trouble(pay, task)).isEmpty();
        assertThat(world.oracle.reasons()).containsKeys(Reason.SICK_TASK, Reason.RETRY_STORM);
        assertThat(world.oracle.reasons().get(Reason.MEASURE_DUE)).isGreaterThanOrEqualTo(2);
        return world;
    }

    @Test
    void whenOneOfTwoHealersIsKilledAtAnyCall_thenNothingIsDoneTwiceAndAllIsHealed() {
        assertThat(killedAtEach(KillTest::told)).isGreaterThan(100);
    }

    @Test
    void whenOneOfTwoHealersIsKilledAtAnyCall_thenWhatIsTemporaryIsUndone() {
        assertThat(killedAtEach(KillTest::temporary)).isGreaterThan(100);
    }

    /** How many calls there were. */
    private static long killedAtEach(LongFunction<World> story) {
        long calls = story.apply(NEVER).calls;
        for (long call = 1; call <= calls; call++) {
            try {
                assertThat(story.apply(call).calls).isPositive();
            } catch (Broken | AssertionError e) {
                throw new AssertionError("killed at call " + call + ": " + e.getMessage(), e);
            }
        }
        System.out.printf("simulation: killed at each of %d calls%n", calls);
        return calls;
    }
}
