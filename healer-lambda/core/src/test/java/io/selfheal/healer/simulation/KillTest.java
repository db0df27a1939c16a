package io.selfheal.healer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.simulation.SimFleet.Trouble;
import io.selfheal.healer.testkit.Fixtures;
import java.util.Optional;
import java.util.Random;
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

    @Test
    void whenOneOfTwoHealersIsKilledAtAnyCall_thenNothingIsDoneTwiceAndAllIsHealed() {
        long calls = told(NEVER).calls;
        long kills = 0;
        for (long call = 1; call <= calls; call++) {
            try {
                told(call);
                kills++;
            } catch (Broken | AssertionError e) {
                throw new AssertionError("killed at call " + call + ": " + e.getMessage(), e);
            }
        }
        System.out.printf("simulation: killed at each of %d calls%n", kills);
        assertThat(kills).isGreaterThan(100);
    }
}
