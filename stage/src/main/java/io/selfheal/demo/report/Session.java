package io.selfheal.demo.report;

import io.selfheal.demo.measure.RunResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that a report is about.
 *
 * @param environment what the figures depend on: profile, machine, versions, seed, command
 * @param skipped faults that were asked for and not run, each with the reason
 */
public record Session(
        Instant startedAt,
        Instant endedAt,
        boolean healerOn,
        Map<String, String> environment,
        List<RunResult> runs,
        Map<String, String> skipped) {

    public Session {
        runs = List.copyOf(runs);
    }

    /** Whether something ran, and every run ended as expected. */
    public boolean asExpected() {
        return !runs.isEmpty() && runs.stream().allMatch(RunResult::asExpected);
    }
}
