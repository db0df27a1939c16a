package io.selfheal.demo.report;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.measure.Distribution;
import io.selfheal.demo.measure.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs of one fault in figures. */
record Summary(
        Fault fault,
        int runs,
        int asExpected,
        int falseRestarts,
        Optional<Distribution> mttr,
        Map<String, Distribution> budget) {

    /** One summary for each fault, in the order of the faults. */
    static List<Summary> of(List<RunResult> runs) {
        List<Summary> summaries = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            List<RunResult> ours =
                    runs.stream().filter(run -> run.plan().fault() == fault).toList();
            if (!ours.isEmpty()) {
                summaries.add(of(fault, ours));
            }
        }
        return summaries;
    }

    double falseRestartShare() {
        return (double) falseRestarts / runs;
    }

    private static Summary of(Fault fault, List<RunResult> runs) {
        Map<String, List<Double>> stages = new LinkedHashMap<>();
        runs.forEach(run -> run.moments().budget().forEach((stage, seconds) -> stages.computeIfAbsent(
                        stage, unused -> new ArrayList<>())
                .add(seconds)));
        Map<String, Distribution> budget = new LinkedHashMap<>();
        stages.forEach((stage, seconds) -> Distribution.of(seconds).ifPresent(found -> budget.put(stage, found)));
        List<Double> mttr = runs.stream()
                .flatMap(run -> run.moments().mttrSeconds().stream())
                .toList();
        return new Summary(
                fault,
                runs.size(),
                Math.toIntExact(runs.stream().filter(RunResult::asExpected).count()),
                Math.toIntExact(runs.stream()
                        .filter(run -> run.verdict().falseRestart())
                        .count()),
                Distribution.of(mttr),
                budget);
    }
}
