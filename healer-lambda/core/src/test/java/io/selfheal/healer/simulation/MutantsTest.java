package io.selfheal.healer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.simulation.Simulation.Report;
import io.selfheal.healer.testkit.Seed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The net is only worth what it catches: every bug that is put in on purpose has to be found by the oracle. */
class MutantsTest {
    private static final long WORLDS = 600;

    /** How a mutant was caught: in the how manieth world, and by which invariant. */
    private record Caught(String mutant, Optional<Report> by) {
        @Override
        public String toString() {
            return mutant + " -> "
                    + by.map(report -> report.broken().map(Broken::invariant).orElse("") + ", world "
                                    + (report.seed() - Seed.get() + 1))
                            .orElse("NOT CAUGHT");
        }
    }

    private static Caught hunt(String name, Twist twist) {
        return new Caught(
                name,
                LongStream.range(Seed.get(), Seed.get() + WORLDS)
                        .mapToObj(seed -> Simulation.run(seed, twist, false))
                        .filter(report -> report.broken().isPresent())
                        // Caught is only what would not have been found without it.
                        .filter(report -> Simulation.run(report.seed(), Twist.NONE, false)
                                .broken()
                                .isEmpty())
                        .findFirst());
    }

    @Test
    void everyMutantIsCaught() {
        Map<String, Twist> mutants = Mutants.all();
        List<Caught> caught = mutants.entrySet().parallelStream()
                .map(mutant -> hunt(mutant.getKey(), mutant.getValue()))
                .toList();
        caught.forEach(System.out::println);
        System.out.printf("simulation: %d mutants%n", caught.size());

        assertThat(caught).allMatch(one -> one.by().isPresent());
    }

    /** Without the version as fencing token, the same worlds see one action done twice or two healers on one story. */
    @Test
    void theUnfencedTwinActsTwice() {
        Caught twin = hunt("the unfenced twin", Mutants.all().getOrDefault("the unfenced twin", Twist.NONE));

        assertThat(twin.by()).isPresent();
    }
}
