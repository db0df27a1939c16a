package io.selfheal.healer.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.selfheal.healer.simulation.Simulation.Report;
import io.selfheal.healer.testkit.Seed;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Many worlds, each from a seed of its own, and none in which the oracle finds anything wrong. {@code
 * -Dtest.jvm.args="-Dseed=N -Dworlds=M"} runs M of them from seed N on, and prints the story of the first that fails.
 */
class SimulationTest {
    // Of about 50 incidents each: more than 100,000 in all.
    private static final long WORLDS = 2200;
    private static final int LAST_LINES = 200;

    @Test
    void whateverGoesWrong_thenTheHealersKeepToTheRules() {
        long first = Seed.get();
        long worlds = Long.getLong("worlds", WORLDS);
        Tally tally = new Tally();
        LongStream.range(first, first + worlds)
                .parallel()
                .mapToObj(seed -> Simulation.run(seed, Twist.NONE, false))
                .forEach(tally::add);
        System.out.println(tally.figures());
        System.out.println(new TreeMap<>(tally.reasons()));
        System.out.println(tally.bound());

        tally.firstBroken().ifPresent(SimulationTest::tell);
        assertThat(tally.incidents()).isGreaterThan(10 * worlds);
    }

    @Test
    void sameSeed_sameStory() {
        Report one = Simulation.run(Seed.get(), Twist.NONE, true);
        Report other = Simulation.run(Seed.get(), Twist.NONE, true);

        assertThat(one.story()).isNotEmpty().isEqualTo(other.story());
    }

    private static void tell(Report report) {
        List<String> story = Simulation.run(report.seed(), Twist.NONE, true).story();
        fail(("seed %d: %s%nagain: ./mvnw test -pl healer-lambda/core -Dtest=SimulationTest"
                        + " -Dtest.jvm.args=\"-Dseed=%d -Dworlds=1\"%n%s")
                .formatted(
                        report.seed(),
                        report.broken().map(Broken::getMessage).orElse(""),
                        report.seed(),
                        String.join("\n", story.subList(Math.max(0, story.size() - LAST_LINES), story.size()))));
    }
}
