package io.selfheal.healer.decide;

import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policy;
import java.time.Instant;
import java.util.Optional;

/** Guardrails about the tasks of the service: whether it is this one, and whether the others can do without it. */
final class TaskChecks {

    private TaskChecks() {}

    static Optional<Refusal> notManySick(Proposal proposal, Instant now) {
        Diagnosis diagnosis = proposal.diagnosis();
        return proposal.takesTasksAway() && diagnosis.manySick()
                ? Refusal.because(
                        Reason.MANY_SICK_TASKS,
                        Refusal.soon(now),
                        diagnosis.manySickTasks() + " of " + diagnosis.state().running()
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
        Diagnosis diagnosis = proposal.diagnosis();
        return proposal.victim()
                .filter(task -> !diagnosis.seenSick(task))
                .flatMap(diagnosis.state()::task)
                .flatMap(Task::startedAt)
                .map(started -> started.plus(proposal.policy().warmUp()))
                .filter(now::isBefore)
                .flatMap(until -> Refusal.because(
                        Reason.WARMING_UP,
                        until,
                        "it is warming up until " + until + ", and its probe does not see it sick"));
    }

    static Optional<Refusal> aboveHealthyFloor(Proposal proposal, Instant now) {
        if (!proposal.takesTasksAway()) {
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
