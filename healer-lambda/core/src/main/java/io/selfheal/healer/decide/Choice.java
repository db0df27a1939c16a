package io.selfheal.healer.decide;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.policy.Policy.ScaleOutLimits;
import io.selfheal.healer.policy.Rung;
import java.util.List;
import java.util.Optional;

/** Which rung of the ladder fits what was found. No rung is used twice for one fault, and none is passed over unused. */
sealed interface Choice {

    /** This would help. */
    record Do(Action action, Reason reason, String detail) implements Choice {}

    /** The rung's turn has come, but it cannot be used on what is seen: going on to a harsher one would be blind. */
    record Hold(Reason reason, String detail) implements Choice {}

    /** No rung is left. */
    record GiveUp(Reason reason, String detail) implements Choice {}

    static Choice of(Diagnosis diagnosis, Policy policy) {
        for (Rung rung : policy.ladder()) {
            Optional<Choice> choice =
                    switch (rung) {
                        case RESTART_TASK -> restart(diagnosis);
                        case REDEPLOY -> redeploy(diagnosis);
                        case SCALE_OUT -> scaleOut(diagnosis, policy);
                        case ESCALATE -> Optional.of(giveUp(diagnosis));
                    };
            if (choice.isPresent()) {
                return choice.get();
            }
        }
        return giveUp(diagnosis);
    }

    /** Empty: the rung was used. A task that our own action brought about is the same fault again, not a new one. */
    private static Optional<Choice> restart(Diagnosis diagnosis) {
        ServiceId service = diagnosis.state().id();
        Optional<TaskId> fresh = freshCulprit(diagnosis);
        if (fresh.isPresent()) {
            String how = diagnosis.named().contains(fresh.get()) ? "an alert names it" : "it alone is probed sick";
            return Optional.of(new Do(
                    new Action.RestartTask(service, fresh.get()),
                    Reason.SICK_TASK,
                    "task " + fresh.get().shortName() + ": " + how));
        }
        boolean used = diagnosis.incident().tried().stream().anyMatch(Action.RestartTask.class::isInstance);
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

    /** The task to restart: one that alerts name, or else the only one that is probed sick. */
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
                .filter(task -> !diagnosis
                        .incident()
                        .tried()
                        .contains(new Action.RestartTask(diagnosis.state().id(), task)))
                .findFirst();
    }

    private static Optional<Choice> redeploy(Diagnosis diagnosis) {
        Action redeploy = new Action.Redeploy(diagnosis.state().id());
        return diagnosis.incident().tried().contains(redeploy)
                ? Optional.empty()
                : Optional.of(new Do(redeploy, Reason.SERVICE_SICK, "roll all tasks of the same revision"));
    }

    private static Optional<Choice> scaleOut(Diagnosis diagnosis, Policy policy) {
        boolean used = !diagnosis.incident().measures().isEmpty()
                || diagnosis.incident().tried().stream().anyMatch(Action.ScaleOut.class::isInstance);
        Optional<ScaleOutLimits> limits = policy.scaleOut();
        int from = diagnosis.state().desired();
        if (used || limits.isEmpty() || from < 1 || from >= limits.get().ceiling()) {
            return Optional.empty();
        }
        int to = Math.min(from + limits.get().add(), limits.get().ceiling());
        return Optional.of(new Do(
                new Action.ScaleOut(
                        diagnosis.state().id(), from, to, limits.get().returnAfter()),
                Reason.SATURATED,
                "from " + from + " to " + to + " tasks for " + limits.get().returnAfter()));
    }

    private static Choice giveUp(Diagnosis diagnosis) {
        return diagnosis.incident().tried().isEmpty()
                ? new GiveUp(Reason.POLICY_ESCALATES, "the policy leaves it to a human")
                : new GiveUp(
                        Reason.LADDER_EXHAUSTED, diagnosis.incident().tried().size() + " actions did not heal it");
    }
}
