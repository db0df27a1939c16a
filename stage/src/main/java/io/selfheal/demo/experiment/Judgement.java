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

    private final Duration stable;
    private final boolean healerOn;

    Judgement(Duration stable, boolean healerOn) {
        this.stable = stable;
        this.healerOn = healerOn;
    }

    /** The result; {@code between} says what was done before the run, with nothing broken. */
    RunResult of(PlannedRun plan, Optional<Task> task, Sight sight, List<String> between) {
        Fault fault = plan.fault();
        List<Action> actions = Findings.actions(sight);
        Verdict ofThisRun = verdict(fault, task, sight, actions);
        return new RunResult(
                plan,
                task.map(Task::arn),
                healerOn,
                between.isEmpty() ? ofThisRun : ofThisRun.withFalseRestart(),
                Findings.moments(sight, sight.injectedAt(), task, repairedAt(fault, sight)),
                actions,
                sight.requests().size(),
                sight.failed().size(),
                remarks(sight, between));
    }

    private Verdict verdict(Fault fault, Optional<Task> task, Sight sight, List<Action> actions) {
        Optional<String> target = fault.kind() == Fault.Kind.CONTROL ? Optional.empty() : task.map(Task::arn);
        boolean accused = fault.silent() && task.filter(sight::accused).isPresent();
        boolean symptom = sight.symptom().isPresent() || accused;
        boolean well = !accused
                && (healedAt(fault, sight).isPresent() || sight.symptom().isEmpty());
        return Verdict.of(new Verdict.Seen(fault, target, symptom, well, actions, sight.escalated()));
    }

    /** A control breaks nothing that could heal, and the stage itself ends what all tasks share: a blip is told, no repair time. */
    private Optional<Instant> repairedAt(Fault fault, Sight sight) {
        return switch (fault.kind()) {
            case GRAY, OVERLOAD, RELEASE, CRASH -> healedAt(fault, sight);
            case SHARED, CONTROL -> Optional.empty();
        };
    }

    /** Queues come and go, and a blip is not the end of what users do not notice: then well is only what is so after the action. */
    private Optional<Instant> healedAt(Fault fault, Sight sight) {
        boolean ofTheService = fault.kind() == Fault.Kind.OVERLOAD || fault.kind() == Fault.Kind.RELEASE;
        if (ofTheService && sight.actedAt().isPresent() && !sight.asBefore()) {
            return Optional.empty();
        }
        return ofTheService || fault.silent()
                ? sight.actedAt()
                        .flatMap(acted -> sight.healedAt(stable, acted))
                        .or(() -> sight.actedAt().isEmpty() ? sight.healedAt(stable) : Optional.empty())
                : sight.healedAt(stable);
    }

    private List<String> remarks(Sight sight, List<String> between) {
        long relapses = sight.healedAt(stable)
                .map(at -> sight.samples().stream()
                        .filter(sample -> sample.at().isAfter(at) && !sample.well())
                        .count())
                .orElse(0L);
        List<String> remarks = new ArrayList<>(between);
        if (relapses > 0) {
            remarks.add(relapses + " bad samples after users were well again");
        }
        return remarks;
    }
}
