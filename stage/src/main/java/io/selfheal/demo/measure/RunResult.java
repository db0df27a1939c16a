package io.selfheal.demo.measure;

import io.selfheal.demo.fault.Expected;
import io.selfheal.demo.fault.PlannedRun;
import java.util.List;
import java.util.Optional;

/** One finished run, as the report tells it. */
public record RunResult(
        PlannedRun plan,
        Optional<String> task,
        boolean healerOn,
        Verdict verdict,
        Moments moments,
        List<Action> actions,
        int requests,
        int failedRequests,
        List<String> remarks) {

    public RunResult {
        actions = List.copyOf(actions);
        remarks = List.copyOf(remarks);
    }

    public Expected expected() {
        return plan.fault().expected(healerOn);
    }

    /** Whether it ended as expected; a false restart never is. */
    public boolean asExpected() {
        return verdict.outcome().id().equals(expected().id()) && !verdict.falseRestart();
    }
}
