package io.selfheal.healer.decide;

import io.selfheal.healer.decide.Choice.Do;
import io.selfheal.healer.decide.Choice.Hold;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.policy.Rung;
import java.util.Optional;

/** The rungs that replace one sick task: by stopping it, by putting its replacement first, or by setting it aside. */
final class OneTask {

    private OneTask() {}

    /** Empty: the rung was used. A task that our own action brought about is the same fault again, not a new one. */
    static Optional<Choice> replace(Rung rung, Diagnosis diagnosis, Policy policy, Cause cause) {
        // No single task of a bad release is to blame.
        if (cause instanceof Cause.BadRelease) {
            return Optional.empty();
        }
        if (needsRoom(rung) && !diagnosis.incident().measures().isEmpty()) {
            return Optional.of(new Hold(
                    Reason.MEASURE_STANDS,
                    "an earlier measure is not undone yet, and two would get in each other's way"));
        }
        Optional<TaskId> culprit = Choice.freshCulprit(diagnosis);
        if (culprit.isPresent()) {
            String how = diagnosis.named().contains(culprit.get()) ? "an alert names it" : "it alone is probed sick";
            return Optional.of(new Do(
                    action(rung, diagnosis, policy, culprit.get()),
                    Reason.SICK_TASK,
                    "task " + culprit.get().shortName() + ": " + how));
        }
        boolean used = diagnosis.incident().tried().stream()
                .anyMatch(action -> action.victim().isPresent());
        if (used) {
            return Optional.empty();
        }
        return Optional.of(
                diagnosis.starting().isEmpty()
                        ? new Hold(
                                Reason.NO_SICK_TASK,
                                "no single task stands out: " + diagnosis.sick().size() + " sick")
                        : new Hold(Reason.REPLACEMENT_IN_PROGRESS, "a task is still starting"));
    }

    /** Whether it raises the desired count, which the undoing of another measure would not recognise. */
    private static boolean needsRoom(Rung rung) {
        return rung != Rung.RESTART_TASK;
    }

    private static Action action(Rung rung, Diagnosis diagnosis, Policy policy, TaskId task) {
        ServiceId service = diagnosis.state().id();
        int from = Math.max(1, diagnosis.state().desired());
        return switch (rung) {
            case SURGE_RESTART ->
                new Action.SurgeRestart(
                        service, task, from, from + 1, policy.means().surgeWithin());
            case SHIFT_TRAFFIC ->
                new Action.ShiftTraffic(
                        service, task, from, from + 1, policy.means().keepFor());
            case RESTART_TASK -> new Action.RestartTask(service, task);
            case ROLL_BACK, DEGRADE, SHED, REDEPLOY, SCALE_OUT, ESCALATE ->
                throw new IllegalArgumentException(rung + " is not about one task");
        };
    }
}
