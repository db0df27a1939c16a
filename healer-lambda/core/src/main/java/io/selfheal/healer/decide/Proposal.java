package io.selfheal.healer.decide;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policy;
import java.time.Instant;
import java.util.Optional;

/** An action that would help, put before the guardrails. */
record Proposal(Action action, Policy policy, Diagnosis diagnosis, int strikes, Reason reason, String detail) {

    /** The task that the action takes away, if it takes one. */
    Optional<TaskId> victim() {
        return switch (action) {
            case Action.RestartTask(var _, TaskId task) -> Optional.of(task);
            case Action.Redeploy _, Action.ScaleOut _, Action.ScaleBack _ -> Optional.empty();
        };
    }

    /** Whether fewer tasks serve for a while. */
    boolean takesTasksAway() {
        return switch (action) {
            case Action.RestartTask _, Action.Redeploy _ -> true;
            case Action.ScaleOut _, Action.ScaleBack _ -> false;
        };
    }

    /** Undoes something of ours: not an action that budgets, cooldowns and strikes are about. */
    boolean reverts() {
        return action instanceof Action.ScaleBack;
    }

    Decision.Act accepted(Instant now) {
        return new Decision.Act(action, diagnosis.incident().attempts() + 1, now.plus(policy.lease()), reason, detail);
    }
}
