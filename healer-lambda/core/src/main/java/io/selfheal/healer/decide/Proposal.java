package io.selfheal.healer.decide;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policy;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An action that would help, put before the guardrails. */
record Proposal(Action action, Policy policy, Diagnosis diagnosis, int strikes, Reason reason, String detail) {

    /** The task that the action is about, if it is about one. */
    Optional<TaskId> victim() {
        return action.victim();
    }

    /** Whether it is meant for sick tasks, and takes them away: right away, or once others have taken their place. */
    boolean takesTasksAway() {
        return switch (action) {
            case Action.RestartTask _, Action.SurgeRestart _, Action.ShiftTraffic _, Action.Redeploy _ -> true;
            case Action.RollBack _,
                    Action.ScaleOut _,
                    Action.Degrade _,
                    Action.Shed _,
                    Action.Retire _,
                    Action.ScaleBack _,
                    Action.Restore _ -> false;
        };
    }

    /** Whether it takes tasks away for what alerts say, and the probe itself does not find the one that it is about sick. */
    boolean restsOnAlertsAlone() {
        return takesTasksAway() && victim().filter(diagnosis::seenSick).isEmpty();
    }

    /** Whether fewer tasks serve for a while: a surge puts the replacement first. */
    boolean leavesFewer() {
        return takesTasksAway() && !(action instanceof Action.SurgeRestart);
    }

    /** The number that it has in its incident once it is claimed. */
    int attempt() {
        return diagnosis.incident().attempts() + 1;
    }

    Decision.Act accepted(Instant now) {
        return new Decision.Act(action, attempt(), now.plus(policy.lease()), reason, said());
    }

    /** With the evidence, so that the history tells what the action went by. */
    private String said() {
        return action.reverts()
                ? detail
                : Stream.concat(Stream.of(detail), Grounds.of(diagnosis, victim()).stream())
                        .collect(Collectors.joining("; "));
    }
}
