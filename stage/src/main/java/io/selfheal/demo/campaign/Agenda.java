package io.selfheal.demo.campaign;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.FaultPlan;
import io.selfheal.demo.fault.PlannedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be run in all.
 *
 * @param runs of each fault with the healer on and off
 * @param compared runs of each fault with what they are compared with
 */
public record Agenda(List<Arm> arms, List<Fault> faults, int runs, int compared, long seed) {

    public Agenda {
        arms = List.copyOf(arms);
        faults = List.copyOf(faults);
        if (arms.isEmpty() || faults.isEmpty() || runs < 1 || compared < 0) {
            throw new IllegalArgumentException("an arm, a fault and a run at least, and no negative number: " + arms
                    + ", " + faults + ", " + runs + ", " + compared);
        }
    }

    /** Runs that share a stage: one round of one arm. */
    public record Sitting(Arm arm, int round, List<PlannedRun> runs) {}

    private record Cell(Arm arm, Fault fault, int round) {}

    /** What is left, round by round and the arms in turns, so that an end that comes too soon leaves all of them equally far. */
    public List<Sitting> left(List<RunLine> done) {
        Set<Cell> there = done.stream()
                .map(line -> new Cell(line.arm(), line.fault(), line.round()))
                .collect(Collectors.toSet());
        List<Sitting> left = new ArrayList<>();
        for (int round = 1; round <= Math.max(runs, compared); round++) {
            for (Arm arm : arms) {
                List<PlannedRun> missing = missing(arm, round, there);
                if (round <= (arm.isMain() ? runs : compared) && !missing.isEmpty()) {
                    left.add(new Sitting(arm, round, missing));
                }
            }
        }
        return left;
    }

    /** A round breaks the same tasks with every arm. */
    private List<PlannedRun> missing(Arm arm, int round, Set<Cell> there) {
        return FaultPlan.of(faults, 1, seed + round).stream()
                .filter(run -> arm.tries(run.fault()))
                .filter(run -> !there.contains(new Cell(arm, run.fault(), round)))
                .toList();
    }

    /** How many runs it is in all. */
    public int size() {
        return left(List.of()).stream()
                .mapToInt(sitting -> sitting.runs().size())
                .sum();
    }
}
