package io.selfheal.demo.experiment;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.PlannedRun;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.measure.Action;
import io.selfheal.demo.measure.RunResult;
import io.selfheal.demo.measure.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run's last sight made into its result. */
final class Judgement {

    /** Of each service. */
    private static final int TASKS = 2;

    private final Duration stable;
    private final boolean healerOn;

    Judgement(Duration stable, boolean healerOn) {
        this.stable = stable;
        this.healerOn = healerOn;
    }

    /**
     * The result.
     *
     * @param between what was done before the run, with nothing broken
     * @param proof of a fault that has to be shown to be what it claims to be
     */
    RunResult of(PlannedRun plan, Optional<Task> task, Sight sight, List<String> between, Optional<StormProof> proof) {
        Fault fault = plan.fault();
        List<Action> actions = Findings.actions(sight);
        boolean shown = proof.map(StormProof::shown).orElse(true);
        Verdict ofThisRun = verdict(plan, task, sight, actions, shown);
        List<String> remarks = new ArrayList<>(between);
        proof.ifPresent(each -> remarks.addAll(each.remarks()));
        remarks.addAll(remarks(plan, sight));
        return new RunResult(
                plan,
                task.map(Task::arn),
                healerOn,
                between.isEmpty() ? ofThisRun : ofThisRun.withFalseRestart(),
                Findings.moments(sight, sight.injectedAt(), task, repairedAt(fault, sight)),
                actions,
                sight.requests().size(),
                sight.failed().size(),
                remarks);
    }

    private Verdict verdict(PlannedRun plan, Optional<Task> task, Sight sight, List<Action> actions, boolean shown) {
        Fault fault = plan.fault();
        Optional<String> target = fault.kind() == Fault.Kind.CONTROL ? Optional.empty() : task.map(Task::arn);
        boolean accused = fault.silent() && task.filter(sight::accused).isPresent();
        boolean symptom = shown && (sight.symptom().isPresent() || accused);
        boolean well = !accused
                && (healedAt(fault, sight).isPresent() || sight.symptom().isEmpty());
        boolean noticed =
                fault.gently() && (!sight.failed().isEmpty() || Findings.fewestServing(sight, plan.service()) < TASKS);
        return Verdict.of(new Verdict.Seen(fault, target, symptom, well, actions, sight.escalated(), noticed));
    }

    /** A control breaks nothing that could heal, and the stage itself ends what all tasks share: a blip is told, no repair time. */
    private Optional<Instant> repairedAt(Fault fault, Sight sight) {
        return switch (fault.kind()) {
            case GRAY, OVERLOAD, STORM, RELEASE, CRASH -> healedAt(fault, sight);
            case SHARED, CONTROL -> Optional.empty();
        };
    }

    /** Queues come and go, and a blip is not the end of what users do not notice: then well is only what is so after the action. */
    private Optional<Instant> healedAt(Fault fault, Sight sight) {
        boolean ofTheService =
                switch (fault.kind()) {
                    case OVERLOAD, STORM, RELEASE -> true;
                    case GRAY, SHARED, CRASH, CONTROL -> false;
                };
        if (ofTheService && sight.actedAt().isPresent() && !sight.asBefore()) {
            return Optional.empty();
        }
        return ofTheService || fault.silent()
                ? sight.actedAt()
                        .flatMap(acted -> sight.healedAt(stable, acted))
                        .or(() -> sight.actedAt().isEmpty() ? sight.healedAt(stable) : Optional.empty())
                : sight.healedAt(stable);
    }

    private List<String> remarks(PlannedRun plan, Sight sight) {
        List<String> remarks = new ArrayList<>();
        if (plan.fault().gently() && sight.actedAt().isPresent()) {
            remarks.add("while it was healed never fewer than " + Findings.fewestServing(sight, plan.service())
                    + " tasks of " + plan.service() + " served well");
        }
        long relapses = healedAt(plan.fault(), sight)
                .map(at -> sight.samples().stream()
                        .filter(sample -> sample.at().isAfter(at) && !sample.well())
                        .count())
                .orElse(0L);
        if (relapses > 0) {
            remarks.add((relapses == 1 ? "1 bad sample" : relapses + " bad samples") + " after users were well again");
        }
        return remarks;
    }
}
