package io.selfheal.demo.measure;

import io.selfheal.demo.fault.Fault;
import java.util.List;
import java.util.Optional;

/** The judgement over one run, out of what was seen. */
public record Verdict(Outcome outcome, boolean falseRestart) {

    /**
     * What was seen in a run.
     *
     * @param task the ARN of the faulted task; empty for a control
     * @param symptom whether users or the fleet were unwell at any time
     * @param well whether they were well at the end, over a stable window
     * @param noticed whether users paid for a healing that need not cost them anything
     */
    public record Seen(
            Fault fault,
            Optional<String> task,
            boolean symptom,
            boolean well,
            List<Action> actions,
            boolean escalated,
            boolean noticed) {

        public Seen {
            actions = List.copyOf(actions);
        }
    }

    /** The same of a run before which something was restarted that nobody had broken. */
    public Verdict withFalseRestart() {
        return new Verdict(outcome, true);
    }

    /**
     * Judges. A false restart is any action in a control or crash run, on another task than the faulted one, or a second one; where all
     * tasks share the fault, anything but callers told to do without it; where the tasks are too few, anything but one scale-out; after a bad release, anything but one roll-back; in a storm of repeats, anything but
     * fewer requests let in for a while.
     */
    public static Verdict of(Seen seen) {
        return switch (seen.fault().kind()) {
            case CONTROL, CRASH -> new Verdict(untouched(seen), !seen.actions().isEmpty());
            case SHARED -> new Verdict(shared(seen), !onlyCallersDegraded(seen));
            case OVERLOAD -> new Verdict(gray(seen), !onlyOnce("scale-out", seen));
            case STORM -> new Verdict(gray(seen), !onlyShed(seen));
            case RELEASE -> new Verdict(gray(seen), !onlyOnce("roll-back", seen));
            case GRAY -> new Verdict(gray(seen), excessive(seen));
        };
    }

    private static Outcome untouched(Seen seen) {
        if (!seen.actions().isEmpty()) {
            return Outcome.TOUCHED;
        }
        if (seen.fault().kind() == Fault.Kind.CRASH && !seen.symptom()) {
            return Outcome.NO_SYMPTOM;
        }
        return seen.well() ? Outcome.UNTOUCHED : Outcome.NOT_HEALED;
    }

    /** Once a person is called the stage ends it: whoever is still unwell then was not made so by the fault. */
    private static Outcome shared(Seen seen) {
        if (!onlyCallersDegraded(seen)) {
            return Outcome.TOUCHED;
        }
        if (!seen.symptom()) {
            return Outcome.NO_SYMPTOM;
        }
        if (seen.escalated()) {
            return seen.well() ? Outcome.ESCALATED : Outcome.NOT_HEALED;
        }
        return seen.well() ? Outcome.RECOVERED : Outcome.UNTOUCHED;
    }

    private static Outcome gray(Seen seen) {
        if (!seen.symptom()) {
            return Outcome.NO_SYMPTOM;
        }
        if (seen.well()) {
            Outcome healed = seen.noticed() ? Outcome.NOTICED : Outcome.HEALED;
            return seen.actions().isEmpty() ? Outcome.RECOVERED : healed;
        }
        if (seen.escalated()) {
            return Outcome.ESCALATED;
        }
        return seen.actions().isEmpty() ? Outcome.UNTOUCHED : Outcome.NOT_HEALED;
    }

    /** A caller that works by its fallback, and no more at last, is no restart, and takes nothing from the service that is sick. */
    private static boolean onlyCallersDegraded(Seen seen) {
        return seen.actions().stream()
                .allMatch(action ->
                        (action.kind().equals("degrade") || action.kind().equals("restore"))
                                && !seen.fault().services().contains(action.target()));
    }

    private static boolean onlyOnce(String kind, Seen seen) {
        return seen.actions().size() <= 1
                && seen.actions().stream().allMatch(action -> action.kind().equals(kind));
    }

    /** Once, and then all of them are let in again. */
    private static boolean onlyShed(Seen seen) {
        return times("shed", seen) <= 1
                && times("restore", seen) <= 1
                && times("shed", seen) + times("restore", seen)
                        == seen.actions().size()
                && seen.actions().stream()
                        .allMatch(action -> seen.fault().services().contains(action.target()));
    }

    private static long times(String kind, Seen seen) {
        return seen.actions().stream()
                .filter(action -> action.kind().equals(kind))
                .count();
    }

    /** That the task goes once its replacement has come is the second half of one action. */
    private static boolean excessive(Seen seen) {
        boolean oneAction = seen.actions().size() <= 1
                || (seen.actions().size() == 2 && times("surge-restart", seen) == 1 && times("retire", seen) == 1);
        return !oneAction
                || seen.actions().stream()
                        .anyMatch(action ->
                                seen.task().filter(action.target()::equals).isEmpty());
    }
}
