package io.selfheal.healer.decide;

import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policy;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Guardrails about the tasks of the service: whether it is this one, and whether the others can do without it. */
final class TaskChecks {

    private TaskChecks() {}

    static Optional<Refusal> notManySick(Proposal proposal, Instant now) {
        Diagnosis diagnosis = proposal.diagnosis();
        return proposal.takesTasksAway() && diagnosis.manySickLately()
                ? Refusal.because(
                        Reason.MANY_SICK_TASKS,
                        Refusal.soon(now),
                        diagnosis.sickLately().size() + " of "
                                + diagnosis.state().running()
                                + " tasks are sick or were a moment ago: not the fault of one task")
                : Optional.empty();
    }

    /** What an alert says and the task itself denies is a fault of the measuring: a broken scrape must not empty a fleet. */
    static Optional<Refusal> confirmed(Proposal proposal, Instant now) {
        Diagnosis diagnosis = proposal.diagnosis();
        boolean seen = proposal.victim().map(diagnosis::seenSick).orElseGet(() -> diagnosis.sick().stream()
                .anyMatch(diagnosis::seenSick));
        return proposal.policy().confirm() == Policy.Confirm.PROBE && proposal.takesTasksAway() && !seen
                ? Refusal.because(
                        Reason.NOT_CONFIRMED, Refusal.soon(now), "an alert says so, the probe does not see it")
                : Optional.empty();
    }

    /** A newborn task is slow, and refuses what it is not ready for: restarting it would only bring about the next newborn. */
    static Optional<Refusal> warmedUp(Proposal proposal, Instant now) {
        List<TaskId> accused = accused(proposal);
        if (accused.stream().anyMatch(task -> sickBeyondDoubt(task, proposal))) {
            return Optional.empty();
        }
        return accused.stream()
                .flatMap(task -> proposal.diagnosis().state().task(task).stream())
                .flatMap(task -> task.startedAt().stream())
                .map(started -> started.plus(proposal.policy().warmUp()))
                .min(Comparator.naturalOrder())
                .filter(now::isBefore)
                .flatMap(until -> Refusal.because(
                        Reason.WARMING_UP,
                        until,
                        "it is warming up until " + until + ", and its probe has not found it sick time and again"));
    }

    private static List<TaskId> accused(Proposal proposal) {
        return switch (proposal.action()) {
            case Action.RestartTask _, Action.SurgeRestart _, Action.ShiftTraffic _ ->
                proposal.victim().stream().toList();
            case Action.RollBack _ -> proposal.diagnosis().sick();
            case Action.Redeploy _,
                    Action.ScaleOut _,
                    Action.Degrade _,
                    Action.Shed _,
                    Action.Retire _,
                    Action.ScaleBack _,
                    Action.Restore _ -> List.of();
        };
    }

    /**
     * A slow start explains slowness and refusals, and one look not answered in time; several in a row it does not, nor that all
     * tasks of a new revision fail what they take on.
     */
    private static boolean sickBeyondDoubt(TaskId task, Proposal proposal) {
        Diagnosis diagnosis = proposal.diagnosis();
        return (diagnosis.seenSick(task) && diagnosis.accusedByProbe(task))
                || (proposal.action() instanceof Action.RollBack
                        && diagnosis.vitals(task).filter(Vitals::failing).isPresent());
    }

    static Optional<Refusal> aboveHealthyFloor(Proposal proposal, Instant now) {
        if (!proposal.leavesFewer()) {
            return Optional.empty();
        }
        int required = proposal.policy()
                .healthyFloor()
                .required(proposal.diagnosis().state().desired());
        long healthy = proposal.diagnosis().healthyBesides(proposal.victim());
        return healthy >= required
                ? Optional.empty()
                : Refusal.because(
                        Reason.HEALTHY_FLOOR,
                        Refusal.soon(now),
                        healthy + " other healthy tasks, " + required + " required");
    }
}
