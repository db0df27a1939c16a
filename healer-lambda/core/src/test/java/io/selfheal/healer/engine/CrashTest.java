package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.testkit.Fixtures;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.Parts;
import io.selfheal.healer.testkit.HealerBench.World;
import io.selfheal.healer.testkit.Killing;
import io.selfheal.healer.testkit.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The healer is killed at every single call it makes to the world, and a new one goes on from what was saved. */
class CrashTest {

    /** One story, told to whichever healer is alive. */
    private static final class Story {
        private final World world = new World();
        private final ServiceId order = world.fleet.service("order", 2);
        private final TaskId first = world.fleet.tasksOf(order).getFirst();
        private final boolean watch;
        private HealerBench healer;
        private Optional<Killing> killing;

        Story(boolean watch, Optional<Killing> killing) {
            this.watch = watch;
            this.killing = killing;
            this.healer = world.healer(killing.map(this::watchedBy).orElseGet(this::parts));
        }

        private Parts parts() {
            return watch ? world.parts() : world.parts().withoutWatch();
        }

        private Parts watchedBy(Killing killer) {
            return parts().withStore(killer.watching(IncidentStore.class, world.store))
                    .withFleet(killer.watching(Fleet.class, world.fleet));
        }

        /** Starts another healer when this one dies. Returns whether it lived. */
        boolean survives(Consumer<HealerBench> doing) {
            try {
                doing.accept(healer);
                return true;
            } catch (Killing.Killed e) {
                killing = Optional.empty();
                healer = world.healer(parts());
                return false;
            }
        }

        void run(Duration time) {
            for (long i = 0; i < time.toMillis() / 500; i++) {
                survives(HealerBench::step);
            }
        }

        /** Until the incident is over, and a while longer for what should not happen any more. */
        void runToTheEnd() {
            for (int i = 0; i < 480 && !over(); i++) {
                survives(HealerBench::step);
            }
            run(Duration.ofSeconds(10));
        }

        private boolean over() {
            return !world.incidents().isEmpty()
                    && world.incidents().stream()
                            .allMatch(incident -> incident.state().over());
        }

        /** As Alertmanager: again until it was acknowledged, then never more. */
        void deliver(Consumer<HealerBench> sending) {
            int attempts = 0;
            while (!survives(sending)) {
                assertThat(++attempts).isLessThan(20);
            }
        }

        boolean everKilled() {
            return killing.isEmpty();
        }
    }

    private static void grayTaskIsHealed(Story story) {
        var burst = story.world.alert("ErrorBurst", story.order, story.first);
        story.deliver(healer -> healer.fires(burst));
        story.run(Duration.ofSeconds(2));
        story.deliver(healer -> healer.remediator().accept(List.of(Fixtures.firing(burst))));
        story.runToTheEnd();

        assertThat(story.world.incidents()).hasSize(1);
        assertThat(story.world.latest(story.order).state().phase()).isEqualTo(Phase.RESOLVED);
        assertNothingTwice(story);
        assertThat(story.world.fleet.tasksOf(story.order)).doesNotContain(story.first);
    }

    private static void hungTaskIsHealed(Story story) {
        story.run(Duration.ofSeconds(1));
        story.world.fleet.makeSick(story.first);
        story.runToTheEnd();

        assertThat(story.world.latest(story.order).state().phase()).isEqualTo(Phase.RESOLVED);
        assertNothingTwice(story);
        assertThat(story.world.fleet.tasksOf(story.order)).doesNotContain(story.first);
    }

    private static void saturatedServiceIsScaledOutAndBack(Story story) {
        var saturated = story.world.alert("ServiceSaturated", story.order);
        story.deliver(healer -> healer.fires(saturated));
        story.run(Duration.ofSeconds(3));
        story.deliver(healer -> healer.resolves(saturated));
        for (int i = 0; i < 4; i++) {
            story.run(Duration.ofSeconds(10));
            story.world.clock.advance(Duration.ofMinutes(5));
        }
        story.runToTheEnd();

        assertThat(story.world.fleet.desired(story.order)).isEqualTo(2);
        assertThat(story.world.latest(story.order).state().phase()).isEqualTo(Phase.RESOLVED);
        assertThat(story.world.actions().stream().filter(Action.ScaleOut.class::isInstance))
                .hasSizeLessThanOrEqualTo(1);
    }

    private static void assertNothingTwice(Story story) {
        assertThat(story.world.actions()).doesNotHaveDuplicates();
        assertThat(story.world.actions().stream().filter(new Action.RestartTask(story.order, story.first)::equals))
                .hasSizeLessThanOrEqualTo(1);
    }

    /** Every call, until the story ends without having met it. */
    private static DynamicTest atEveryCall(String name, boolean watch, boolean afterwards, Consumer<Story> telling) {
        return DynamicTest.dynamicTest(name + (afterwards ? ", after the call" : ", before the call"), () -> {
            int kills = 0;
            for (int call = 1; ; call++) {
                Story story = new Story(watch, Optional.of(new Killing(call, afterwards)));
                try {
                    telling.accept(story);
                } catch (AssertionError e) {
                    throw new AssertionError("killed at call " + call + ": " + e.getMessage(), e);
                }
                if (!story.everKilled() || call >= 150) {
                    break;
                }
                kills++;
            }
            assertThat(kills).isGreaterThan(10);
        });
    }

    @TestFactory
    List<DynamicTest> whenKilledAtAnyCall_thenNothingIsDoneTwiceAndNothingIsLost() {
        return List.of(
                atEveryCall("a gray task", false, false, CrashTest::grayTaskIsHealed),
                atEveryCall("a gray task", false, true, CrashTest::grayTaskIsHealed),
                atEveryCall("a hung task", true, false, CrashTest::hungTaskIsHealed),
                atEveryCall("a hung task", true, true, CrashTest::hungTaskIsHealed),
                atEveryCall("a saturated service", false, false, CrashTest::saturatedServiceIsScaledOutAndBack),
                atEveryCall("a saturated service", false, true, CrashTest::saturatedServiceIsScaledOutAndBack));
    }

    @TestFactory
    List<DynamicTest> whenKilledAgainAndAgain_thenNothingIsDoneTwiceAndNothingIsLost() {
        long seed = Seed.get();
        Random random = new Random(seed);
        return List.of(DynamicTest.dynamicTest("seed " + seed, () -> {
            for (int round = 0; round < 100; round++) {
                manyLives(random);
            }
        }));
    }

    private static void manyLives(Random random) {
        World world = new World();
        ServiceId order = world.fleet.service("order", 2);
        TaskId first = world.fleet.tasksOf(order).getFirst();
        var burst = world.alert("ErrorBurst", order, first);
        boolean acknowledged = false;
        int lives = 0;
        HealerBench healer = mortal(world, random, lives);
        for (int i = 0; i < 300; i++) {
            try {
                if (!acknowledged) {
                    healer.fires(burst);
                    acknowledged = true;
                }
                healer.step();
            } catch (Killing.Killed e) {
                healer = mortal(world, random, ++lives);
            }
        }

        assertThat(world.actions()).doesNotHaveDuplicates();
        assertThat(world.incidents()).hasSize(1);
        assertThat(world.latest(order).state().phase()).isEqualTo(Phase.RESOLVED);
    }

    private static HealerBench mortal(World world, Random random, int lives) {
        if (lives >= 5) {
            return world.healer(world.parts().withoutWatch());
        }
        Killing killing = new Killing(1 + random.nextInt(30), random.nextBoolean());
        return world.healer(world.parts()
                .withoutWatch()
                .withStore(killing.watching(IncidentStore.class, world.store))
                .withFleet(killing.watching(Fleet.class, world.fleet)));
    }
}
