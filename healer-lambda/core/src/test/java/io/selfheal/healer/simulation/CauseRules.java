package io.selfheal.healer.simulation;

import io.selfheal.healer.evidence.Calls;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.policy.Rung;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an action has to do with the cause, as far as this healer was told: a bad release is rolled back and nothing else is
 * done about it, a sick callee is no reason to take its callers' tasks away, load is shed in a retry storm only.
 */
final class CauseRules {
    /** So long what is over still explains what its callers complain about, and what one of its own tasks does. */
    static final Duration TOGETHER = Duration.ofSeconds(20);

    /** What a claim was made on. */
    record Case(
            Told told,
            Incident incident,
            Action action,
            Policy policy,
            ServiceState serving,
            Set<TaskId> sick,
            Instant at) {
        Evidence evidence() {
            return told.evidence(action.service());
        }

        boolean seenSick(TaskId task) {
            return !told.about(action.service()).healthy(task).orElse(true);
        }
    }

    private record Bad(String bad, String good) {}

    private final Policies policies;

    CauseRules(Policies policies) {
        this.policies = policies;
    }

    void check(Case one) {
        required(one);
        Optional<Bad> bad = one.policy().ladder().contains(Rung.ROLL_BACK) ? badRelease(one) : Optional.empty();
        switch (one.action()) {
            case Action.RollBack back -> rollsBack(back, bad);
            case Action.Degrade degrade -> {
                if (!sickCallees(one, true).contains(degrade.callee().service())) {
                    throw new Broken(
                            "degraded for a sick callee only",
                            degrade + " by " + one.evidence().calls());
                }
            }
            case Action.Shed shed -> inARetryStorm(one, shed);
            case Action.RestartTask _, Action.SurgeRestart _, Action.ShiftTraffic _, Action.Redeploy _ -> {
                notForABadRelease(one, bad);
                notForACallee(one);
            }
            case Action.ScaleOut _ -> {
                notForABadRelease(one, bad);
                if (one.serving().tasks().stream().noneMatch(task -> one.seenSick(task.id()))) {
                    notForACallee(one);
                }
            }
            case Action.Retire _, Action.ScaleBack _, Action.Restore _ -> {}
        }
    }

    private static void required(Case one) {
        Set<Evidence.Part> missing = one.evidence().missing().keySet();
        if (one.policy().requires().stream().anyMatch(missing::contains)) {
            throw new Broken("no action without what the policy wants to know", one.action() + " without " + missing);
        }
    }

    /** That a few of the tasks are sick has calls repeated as well, and is healed by replacing those; where all are slow, it is not. */
    private static void inARetryStorm(Case one, Action.Shed shed) {
        if (share(one) * 100 < one.policy().means().shedding().retryPercent()) {
            throw new Broken("load is shed in a retry storm only", shed + " at " + share(one));
        }
        if (one.serving().tasks().stream().noneMatch(task -> task.running() && slow(one, task.id()))) {
            throw new Broken("load is shed only where work waits", shed.toString());
        }
        long running = one.serving().running();
        long suspected = one.serving().tasks().stream()
                .filter(Task::running)
                .map(Task::id)
                .filter(task -> one.sick().contains(task) || named(one, task) || fails(one, task) || slow(one, task))
                .count();
        boolean many = suspected > 1 && suspected * 2 > running;
        if (running > 1 && !one.sick().isEmpty() && !many) {
            throw new Broken("a few sick tasks are no retry storm", shed + ", " + suspected + " of " + running);
        }
    }

    private static boolean named(Case one, TaskId task) {
        return one.incident().alerts().stream()
                .anyMatch(known -> known.alert().task().filter(task::equals).isPresent());
    }

    /** Never by a forced deployment, never to what is newer, never to what did not run as a whole. */
    private static void rollsBack(Action.RollBack back, Optional<Bad> bad) {
        if (number(back.good()) >= number(back.bad())) {
            throw new Broken("a rollback goes back", back.toString());
        }
        if (!bad.equals(Optional.of(new Bad(back.bad(), back.good())))) {
            throw new Broken("only a bad release is rolled back", back + ", told " + bad);
        }
    }

    private static int number(String revision) {
        return Integer.parseInt(revision.substring(revision.indexOf(':') + 1));
    }

    private static void notForABadRelease(Case one, Optional<Bad> bad) {
        if (bad.isPresent()) {
            throw new Broken("a bad release is not healed task by task", one.action() + " for " + bad.get());
        }
    }

    private void notForACallee(Case one) {
        if (one.action().victim().filter(one::seenSick).isPresent()) {
            return;
        }
        List<String> sick = sickCallees(one, false);
        if (!sick.isEmpty()) {
            throw new Broken("a sick callee is not its caller's fault", one.action() + " while sick: " + sick);
        }
    }

    /** Those with an incident, or whose calls fail. */
    private List<String> sickCallees(Case one, boolean lately) {
        return policies.calls().getOrDefault(one.action().service().service(), Set.of()).stream()
                .filter(callee -> failing(one, callee)
                        || one.told().openings().stream().anyMatch(opening -> ill(opening, callee, lately, one.at())))
                .toList();
    }

    private static boolean ill(Opening opening, String callee, boolean lately, Instant at) {
        boolean still = opening.overAt()
                .map(over -> lately && over.plus(TOGETHER).isAfter(at))
                .orElse(true);
        return still && opening.service().service().equals(callee);
    }

    private static boolean failing(Case one, String callee) {
        return one.evidence().calls() instanceof Fact.Known<Map<String, Calls>>(Map<String, Calls> calls, Instant _)
                && calls.containsKey(callee)
                && calls.get(callee).perSecond() >= 0.5
                && calls.get(callee).failedShare() >= 0.5;
    }

    private static double share(Case one) {
        return one.evidence().retryShare() instanceof Fact.Known<Double>(Double share, Instant _) ? share : 0;
    }

    /**
     * The newest one, if the trouble began soon after it, all of its tasks are sick and no other is; or, where the trouble is
     * older, if it is still being rolled out, all of its tasks are sick and one that is known to serve well is not of it.
     */
    private static Optional<Bad> badRelease(Case one) {
        if (!(one.evidence().releases() instanceof Fact.Known<List<Release>>(List<Release> all, Instant _))
                || all.isEmpty()) {
            return Optional.empty();
        }
        Release newest = all.getFirst();
        Instant began = one.incident().detectedAt();
        boolean before = began.isBefore(newest.startedAt());
        boolean suspect = before
                ? newest.status() == Release.Status.IN_PROGRESS && goingOn(one, newest.revision())
                : newest.status() != Release.Status.ABANDONED
                        && began.isBefore(
                                newest.startedAt().plus(one.policy().means().suspectRelease()));
        String good = "";
        for (Release earlier : all.subList(1, all.size())) {
            if (earlier.status() == Release.Status.COMPLETED) {
                suspect &= !earlier.revision().equals(newest.revision());
                good = good.isEmpty() ? earlier.revision() : good;
            }
        }
        boolean its = before ? worse(one, newest.revision()) : allSick(one, newest.revision());
        return suspect && !good.isEmpty() && its ? Optional.of(new Bad(newest.revision(), good)) : Optional.empty();
    }

    private static boolean goingOn(Case one, String revision) {
        return one.serving().deployment().isPresent()
                && one.serving().deployment().get().revision().equals(revision);
    }

    private static boolean worse(Case one, String revision) {
        boolean anySick = false;
        boolean anyWell = false;
        for (Task task : one.serving().tasks()) {
            boolean ill = one.sick().contains(task.id()) || fails(one, task.id());
            boolean ofIt = task.revision().equals(revision);
            if (task.running() && ofIt && !ill) {
                return false;
            }
            anySick |= task.running() && ofIt;
            anyWell |= task.running() && !ofIt && !ill;
        }
        return anySick && anyWell;
    }

    private static boolean allSick(Case one, String revision) {
        int sick = 0;
        for (Task task : one.serving().tasks()) {
            boolean ill = one.sick().contains(task.id()) || fails(one, task.id());
            boolean ofIt = task.revision().equals(revision);
            if (task.running() && ill != ofIt) {
                return false;
            }
            sick += task.running() && ill ? 1 : 0;
        }
        return sick > 0;
    }

    private static boolean fails(Case one, TaskId task) {
        return one.evidence().vitals() instanceof Fact.Known<Map<TaskId, Vitals>>(Map<TaskId, Vitals> vitals, Instant _)
                && vitals.containsKey(task)
                && vitals.get(task).errorShare() > 0.2;
    }

    private static boolean slow(Case one, TaskId task) {
        return one.evidence().vitals() instanceof Fact.Known<Map<TaskId, Vitals>>(Map<TaskId, Vitals> vitals, Instant _)
                && vitals.containsKey(task)
                && vitals.get(task).slowShare() > 0.4;
    }

    static ServiceState serving(ServiceState state, Set<TaskId> aside) {
        List<Task> kept = state.tasks().stream()
                .filter(task -> !aside.contains(task.id()))
                .toList();
        int set = state.tasks().size() - kept.size();
        return set == 0
                ? state
                : new ServiceState(state.id(), Math.max(0, state.desired() - set), kept, state.deployment());
    }
}
