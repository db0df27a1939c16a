package io.selfheal.healer.decide;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.policy.Policy.ScaleOutLimits;
import io.selfheal.healer.policy.Rung;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which rung of the ladder fits what was found. No rung is used twice for one fault. One that answers to a cause is passed
 * over where that cause is not found; none of the others is passed over unused.
 */
sealed interface Choice {

    /** This would help. */
    record Do(Action action, Reason reason, String detail) implements Choice {}

    /** The rung's turn has come, but it cannot be used on what is seen: going on to a harsher one would be blind. */
    record Hold(Reason reason, String detail) implements Choice {}

    /** No rung is left. */
    record GiveUp(Reason reason, String detail) implements Choice {}

    static Choice of(Diagnosis diagnosis, Policy policy, Instant now) {
        Cause cause = Causes.of(diagnosis, policy, now);
        for (Rung rung : policy.ladder()) {
            Optional<Choice> choice =
                    switch (rung) {
                        case ROLL_BACK -> rollBack(diagnosis, cause);
                        case DEGRADE -> degrade(diagnosis, policy, cause);
                        case SHED -> shed(diagnosis, policy, cause);
                        case RESTART_TASK, SURGE_RESTART, SHIFT_TRAFFIC ->
                            OneTask.replace(rung, diagnosis, policy, cause);
                        case REDEPLOY -> redeploy(diagnosis, cause);
                        case SCALE_OUT -> scaleOut(diagnosis, policy, cause);
                        case ESCALATE -> Optional.of(giveUp(diagnosis));
                    };
            if (choice.isPresent()) {
                return choice.get();
            }
        }
        return giveUp(diagnosis);
    }

    /** The task to replace: one that alerts name, or else the only one that is probed sick. */
    static Optional<TaskId> freshCulprit(Diagnosis diagnosis) {
        boolean byName =
                diagnosis.standing().stream().anyMatch(alert -> alert.task().isPresent());
        List<TaskId> candidates = byName
                ? diagnosis.sick().stream().filter(diagnosis.named()::contains).toList()
                : diagnosis.sick();
        if (!byName && candidates.size() != 1) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(task -> !diagnosis.broughtAbout(task))
                .filter(task -> diagnosis.incident().tried().stream()
                        .noneMatch(
                                action -> action.victim().filter(task::equals).isPresent()))
                // One that people want to be left alone hides no other.
                .min(Comparator.comparing(diagnosis::leftAlone));
    }

    /** Empty: nothing speaks against a release, or it was rolled back already, and then it was not that. */
    private static Optional<Choice> rollBack(Diagnosis diagnosis, Cause cause) {
        boolean used = used(diagnosis, Action.RollBack.class);
        return switch (cause) {
            case Cause.BadRelease release
            when !used ->
                Optional.of(new Do(
                        new Action.RollBack(diagnosis.state().id(), release.bad(), release.good()),
                        Reason.BAD_RELEASE,
                        release.detail()));
            case Cause.SuspectRelease release
            when !used -> Optional.of(new Hold(Reason.RELEASE_SUSPECTED, release.detail()));
            case Cause.BadRelease _, Cause.SuspectRelease _, Cause.SickCallee _, Cause.RetryStorm _, Cause.Itself _ ->
                Optional.empty();
        };
    }

    private static Optional<Choice> degrade(Diagnosis diagnosis, Policy policy, Cause cause) {
        ServiceId service = diagnosis.state().id();
        return cause instanceof Cause.SickCallee(ServiceId callee, String detail)
                        && !used(diagnosis, Action.Degrade.class)
                ? Optional.of(once(
                        Mode.DEGRADED,
                        diagnosis,
                        new Do(
                                new Action.Degrade(
                                        service, callee, policy.means().degradeFor()),
                                Reason.CALLEE_SICK,
                                detail)))
                : Optional.empty();
    }

    private static Optional<Choice> shed(Diagnosis diagnosis, Policy policy, Cause cause) {
        return cause instanceof Cause.RetryStorm(String detail) && !used(diagnosis, Action.Shed.class)
                ? Optional.of(once(
                        Mode.SHEDDING,
                        diagnosis,
                        new Do(
                                new Action.Shed(
                                        diagnosis.state().id(),
                                        policy.means().shedding().admitPercent(),
                                        policy.means().shedding().lasting()),
                                Reason.RETRY_STORM,
                                detail)))
                : Optional.empty();
    }

    /** After a relapse the mode may still stand; the end of the first time would end a second one early. */
    private static Choice once(Mode mode, Diagnosis diagnosis, Do action) {
        return stands(mode, diagnosis)
                ? new Hold(Reason.MEASURE_STANDS, "it is " + mode.word() + " already, and that is not undone yet")
                : action;
    }

    private static boolean stands(Mode mode, Diagnosis diagnosis) {
        return diagnosis.incident().measures().stream()
                .anyMatch(measure -> measure.undo() instanceof Action.Restore restore && restore.mode() == mode);
    }

    /** A bad release is not healed by deploying it again, and requests that are turned away on purpose are no sickness. */
    private static Optional<Choice> redeploy(Diagnosis diagnosis, Cause cause) {
        if (cause instanceof Cause.BadRelease || used(diagnosis, Action.Redeploy.class)) {
            return Optional.empty();
        }
        return Optional.of(
                stands(Mode.SHEDDING, diagnosis)
                        ? new Hold(Reason.MEASURE_STANDS, "it sheds load, and what it turns away are errors, too")
                        : new Do(
                                new Action.Redeploy(diagnosis.state().id()),
                                Reason.SERVICE_SICK,
                                "roll all tasks of the same revision"));
    }

    /** More tasks would only fail, too, or call a sick callee the more. */
    private static Optional<Choice> scaleOut(Diagnosis diagnosis, Policy policy, Cause cause) {
        boolean used = !diagnosis.incident().measures().isEmpty() || used(diagnosis, Action.ScaleOut.class);
        Optional<ScaleOutLimits> limits = policy.scaleOut();
        int from = diagnosis.state().desired();
        boolean errors = diagnosis.state().tasks().stream().anyMatch(task -> diagnosis
                .vitals(task.id())
                .filter(vitals -> vitals.failing())
                .isPresent());
        if (used
                || errors
                || cause instanceof Cause.SickCallee
                || cause instanceof Cause.BadRelease
                || limits.isEmpty()
                || from < 1
                || from >= limits.get().ceiling()) {
            return Optional.empty();
        }
        int to = Math.min(from + limits.get().add(), limits.get().ceiling());
        return Optional.of(new Do(
                new Action.ScaleOut(
                        diagnosis.state().id(), from, to, limits.get().returnAfter()),
                Reason.SATURATED,
                "from " + from + " to " + to + " tasks for " + limits.get().returnAfter()));
    }

    static boolean used(Diagnosis diagnosis, Class<? extends Action> kind) {
        return diagnosis.incident().tried().stream().anyMatch(kind::isInstance);
    }

    private static Choice giveUp(Diagnosis diagnosis) {
        return diagnosis.incident().tried().isEmpty()
                ? new GiveUp(Reason.POLICY_ESCALATES, "the policy leaves it to a human")
                : new GiveUp(
                        Reason.LADDER_EXHAUSTED, diagnosis.incident().tried().size() + " actions did not heal it");
    }
}
