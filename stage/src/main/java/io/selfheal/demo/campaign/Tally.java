package io.selfheal.demo.campaign;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.measure.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The runs of one arm and one fault in figures. */
public record Tally(
        Arm arm,
        Fault fault,
        int runs,
        int asExpected,
        int healed,
        int harmed,
        int escalated,
        int falseRestarts,
        Optional<Distribution> detect,
        Optional<Distribution> act,
        Optional<Distribution> repair,
        int requests,
        int failed) {

    /** One for each arm and fault that has runs, in their orders. */
    public static List<Tally> of(List<RunLine> lines) {
        List<Tally> tallies = new ArrayList<>();
        for (Arm arm : Arm.values()) {
            for (Fault fault : Fault.values()) {
                List<RunLine> ours = lines.stream()
                        .filter(line -> line.arm() == arm && line.fault() == fault)
                        .toList();
                if (!ours.isEmpty()) {
                    tallies.add(of(arm, fault, ours));
                }
            }
        }
        return tallies;
    }

    private static Tally of(Arm arm, Fault fault, List<RunLine> lines) {
        return new Tally(
                arm,
                fault,
                lines.size(),
                count(lines, RunLine::asExpected),
                count(lines, RunLine::healed),
                count(lines, RunLine::harmed),
                count(lines, RunLine::escalated),
                count(lines, RunLine::falseRestart),
                seconds(lines, RunLine::detect),
                seconds(lines, RunLine::act),
                seconds(lines.stream().filter(RunLine::healed).toList(), RunLine::repair),
                lines.stream().mapToInt(RunLine::requests).sum(),
                lines.stream().mapToInt(RunLine::failed).sum());
    }

    private static int count(List<RunLine> lines, Predicate<RunLine> which) {
        return Math.toIntExact(lines.stream().filter(which).count());
    }

    private static Optional<Distribution> seconds(List<RunLine> lines, Function<RunLine, Optional<Double>> which) {
        return Distribution.of(
                lines.stream().flatMap(line -> which.apply(line).stream()).toList());
    }
}
