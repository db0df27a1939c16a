package io.selfheal.healer.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.selfheal.healer.simulation.Enumeration.Event;
import io.selfheal.healer.simulation.Enumeration.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nothing left to chance: every sequence of up to four events, without a fault and with each one that makes a difference. */
class EnumerationTest {
    private static final int LONGEST = 4;

    private static List<List<Event>> sequences() {
        List<List<Event>> all = new ArrayList<>();
        List<List<Event>> shorter = List.of(List.of());
        for (int length = 1; length <= LONGEST; length++) {
            List<List<Event>> longer = new ArrayList<>();
            for (List<Event> start : shorter) {
                for (Event event : Event.values()) {
                    List<Event> sequence = new ArrayList<>(start);
                    sequence.add(event);
                    longer.add(List.copyOf(sequence));
                }
            }
            all.addAll(longer);
            shorter = longer;
        }
        return all;
    }

    /** What broke a sequence: the fault, or none. */
    private record Found(Optional<Fault> fault, Broken broken) {}

    /** How often a sequence was played, and what was found on the way. */
    private record Played(List<Event> sequence, int times, Optional<Found> found) {}

    private static Played play(List<Event> sequence, Twist twist) {
        Optional<Fault> tried = Optional.empty();
        int times = 0;
        try {
            List<Fault> faults = Enumeration.faults(sequence, twist);
            times++;
            for (Fault fault : faults) {
                tried = Optional.of(fault);
                times++;
                Enumeration.play(sequence, fault, twist);
            }
            return new Played(sequence, times, Optional.empty());
        } catch (Broken e) {
            return new Played(sequence, times, Optional.of(new Found(tried, e)));
        }
    }

    private static void tell(Played played) {
        played.found()
                .ifPresent(found -> fail(played.sequence() + " with " + found.fault() + ": "
                        + found.broken().getMessage() + "\n"
                        + String.join("\n", Enumeration.story(played.sequence(), found.fault()))));
    }

    @Test
    void whateverTheOrderAndTheFault_thenTwoHealersKeepToTheRules() {
        List<List<Event>> sequences = sequences();
        long begin = System.nanoTime();
        List<Played> all = sequences.parallelStream()
                .map(sequence -> play(sequence, Twist.NONE))
                .toList();
        long played = all.stream().mapToLong(Played::times).sum();
        System.out.printf(
                Locale.ROOT,
                "simulation: all %d sequences of up to %d of %d events, %d with at most one of %d faults, in %.1f s%n",
                sequences.size(),
                LONGEST,
                Event.values().length,
                played,
                Trap.values().length,
                (System.nanoTime() - begin) / 1e9);

        all.forEach(EnumerationTest::tell);
        assertThat(played).isGreaterThan(10L * sequences.size());
    }

    /** What is enumerated is worth nothing if it cannot find anything: here is a store without the version as fencing token. */
    @Test
    void theUnfencedTwinIsFoundOut() {
        Twist unfenced = Mutants.all().getOrDefault("the unfenced twin", Twist.NONE);

        Optional<Played> found = sequences().stream()
                .map(sequence -> play(sequence, unfenced))
                .filter(played -> played.found().isPresent())
                .findFirst();

        System.out.println("simulation: the unfenced twin is found out by " + found);
        assertThat(found).isPresent();
    }
}
