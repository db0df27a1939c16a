package io.selfheal.healer.simulation;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.TrackedAlert;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.policy.StormBreaker;
import io.selfheal.healer.signal.SignalSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has to hold of the facts at the moment of a claim. All of it is judged by what this healer had been told: a pause that
 * was set, or a task that fell ill, after the answer is nothing that it could know. But it knows how old its answers are, so
 * they must not be older than {@link #FRESH}.
 */
final class ClaimRules {
    /** Between asking and claiming a few calls go to the store, of which none takes longer than this in good health. */
    static final Duration FRESH = Duration.ofSeconds(5);
    /** As the engine's rules have it: what was never ready and is younger has not failed yet. */
    private static final Duration STARTUP_GRACE = Duration.ofSeconds(30);

    private final Policies policies;
    private final CauseRules causes;

    ClaimRules(Policies policies) {
        this.policies = policies;
        this.causes = new CauseRules(policies);
    }

    /** @param aside tasks that are kept out of the load balancer: they serve nobody, and count for nothing */
    void check(Told told, Incident incident, Set<TaskId> aside, Action action, Policy policy, Instant at) {
        Told.AboutService about = told.about(action.service());
        ServiceState state = about.state()
                .map(seen -> CauseRules.serving(seen, aside))
                .orElseThrow(() -> new Broken("no action on unknown facts", action + ": fleet unread"));
        if (about.at().plus(FRESH).isBefore(at)) {
            throw new Broken("no action on old facts", action + " at " + at + " on what was asked at " + about.at());
        }
        if (action instanceof Action.Retire retire && completes(about, state, retire, incident, at)) {
            return;
        }
        notPaused(told, action, at);
        if (state.deployment().filter(going -> !ends(action, going)).isPresent()) {
            throw new Broken("no action during a deployment", action.toString());
        }
        if (action.reverts()) {
            return;
        }
        if (policy.mode() == Policy.Mode.SHADOW) {
            throw new Broken("no action in shadow", action.toString());
        }
        noStorm(told, incident, at);
        Set<TaskId> sick = sick(about, state, incident, at, true);
        causes.check(new CauseRules.Case(told, incident, action, policy, state, sick, at));
        switch (action) {
            case Action.RestartTask restart ->
                takesAway(told, state, incident, policy, Optional.of(restart.task()), at, false);
            case Action.Redeploy _ -> takesAway(told, state, incident, policy, Optional.empty(), at, false);
            case Action.ScaleOut out -> {
                if (out.to() > policy.scaleOut().orElseThrow().ceiling() || out.from() != state.desired()) {
                    throw new Broken("scale-out stays below its ceiling", out + " of " + state.desired());
                }
            }
            case Action.SurgeRestart surge ->
                takesAway(told, state, incident, policy, Optional.of(surge.task()), at, true);
            case Action.ShiftTraffic shift ->
                takesAway(told, state, incident, policy, Optional.of(shift.task()), at, false);
            case Action.RollBack _, Action.Degrade _, Action.Shed _ -> {}
            case Action.Retire _, Action.ScaleBack _, Action.Restore _ -> {}
        }
    }

    /** To roll back a deployment is to end it. */
    private static boolean ends(Action action, ServiceState.Deployment going) {
        return action instanceof Action.RollBack back && back.bad().equals(going.revision());
    }

    /** The second half of a surge: done whatever holds back new actions, but not before the replacement is well. */
    private static boolean completes(
            Told.AboutService about, ServiceState state, Action.Retire retire, Incident incident, Instant at) {
        long healthyOthers = state.tasks().stream()
                .filter(task -> task.running() && !task.id().equals(retire.task()))
                .filter(task -> about.healthy(task.id()).orElse(false))
                .count();
        boolean replaced = !retire.aside() && healthyOthers >= retire.to();
        boolean due = incident.measures().stream()
                .anyMatch(one -> one.undo().equals(retire) && !one.dueAt().isAfter(at));
        if (!replaced && !due) {
            throw new Broken("a surge ends when the replacement is well", healthyOthers + " others for " + retire);
        }
        return replaced;
    }

    private static void notPaused(Told told, Action action, Instant at) {
        if (!(told.pauses().orElse(new Fact.Unknown<>("never asked"))
                instanceof Fact.Known<List<Pause>>(List<Pause> pauses, Instant _))) {
            throw new Broken("no action on unknown facts", action + ": pauses unread");
        }
        if (told.pausesAt().plus(FRESH).isBefore(at)) {
            throw new Broken("no action on old facts", action + " at " + at + ", pauses asked at " + told.pausesAt());
        }
        if (pauses.stream().anyMatch(pause -> pause.covers(action.service(), at))) {
            throw new Broken("no action while paused", action + " during " + pauses);
        }
    }

    private void noStorm(Told told, Incident incident, Instant at) {
        StormBreaker storm = policies.storm();
        for (Opening last : told.openings()) {
            boolean holds =
                    !last.at().isAfter(at) && last.at().plus(storm.hold()).isAfter(at);
            Set<String> together = new HashSet<>();
            for (Opening one : told.openings()) {
                if (!one.at().isAfter(last.at()) && one.at().isAfter(last.at().minus(storm.window()))) {
                    together.add(one.service().service());
                }
            }
            if (holds && together.size() >= storm.services()) {
                throw new Broken("no action in a storm", incident.service() + " among " + together);
            }
        }
    }

    private void takesAway(
            Told told,
            ServiceState state,
            Incident incident,
            Policy policy,
            Optional<TaskId> victim,
            Instant at,
            boolean surge) {
        Told.AboutService about = told.about(incident.service());
        Set<TaskId> ill = sick(about, state, incident, at, false);
        long healthyOthers = 0;
        boolean seenSick = false;
        for (Task task : state.tasks()) {
            boolean other = victim.filter(task.id()::equals).isEmpty();
            boolean healthy = about.healthy(task.id()).orElse(false);
            seenSick |= task.running()
                    && (victim.isEmpty() || !other)
                    && !about.healthy(task.id()).orElse(true);
            healthyOthers += task.running() && other && healthy && !ill.contains(task.id()) ? 1 : 0;
        }
        long sick = state.tasks().stream()
                .filter(Task::running)
                .map(Task::id)
                .filter(task -> ill.contains(task) || told.servedBadly(task, at.minus(CauseRules.TOGETHER)))
                .count();
        if (sick > 1 && sick * 2 > state.running()) {
            throw new Broken("no action when many are sick", sick + " of " + state.running() + ", " + victim);
        }
        if (!surge && healthyOthers < policy.healthyFloor().required(state.desired())) {
            throw new Broken("healthy floor", healthyOthers + " others healthy of " + state.desired() + ", " + victim);
        }
        if (policy.confirm() == Policy.Confirm.PROBE && !seenSick) {
            throw new Broken("confirmed by the probe", victim + " is not seen sick");
        }
        victim.ifPresent(task -> warmedUp(about, incident, state, policy, task, at));
    }

    /** Running tasks that are probed sick or accused, newborn ones left out. */
    private Set<TaskId> sick(
            Told.AboutService about, ServiceState state, Incident incident, Instant at, boolean byProbes) {
        Set<TaskId> accused = accused(about, incident, byProbes);
        Set<TaskId> sick = new HashSet<>();
        for (Task task : state.tasks()) {
            boolean newborn = !about.healthy(task.id()).orElse(false)
                    && !about.everReady(task.id())
                    && task.startedAt()
                            .map(start -> start.plus(STARTUP_GRACE).isAfter(at))
                            .orElse(true);
            boolean probedSick = !about.healthy(task.id()).orElse(true);
            if (task.running() && !newborn && (probedSick || accused.contains(task.id()))) {
                sick.add(task.id());
            }
        }
        return sick;
    }

    /** Tasks that an alert names which nobody has resolved, as the store has it; the probe's own goes by its last word. */
    private Set<TaskId> accused(Told.AboutService about, Incident incident, boolean byProbes) {
        Set<TaskId> accused = new HashSet<>();
        incident.alerts().stream()
                .filter(TrackedAlert::firing)
                .map(TrackedAlert::alert)
                .filter(alert -> alert.source() != SignalSource.PROBE
                        || (byProbes && !alert.task().flatMap(about::healthy).orElse(false)))
                .filter(alert -> policies.match(alert.labels()).isPresent())
                .forEach(alert -> alert.task().ifPresent(accused::add));
        return accused;
    }

    private static void warmedUp(
            Told.AboutService about, Incident incident, ServiceState state, Policy policy, TaskId victim, Instant at) {
        boolean timeAndAgain = incident.alerts().stream()
                .filter(TrackedAlert::firing)
                .map(TrackedAlert::alert)
                .anyMatch(alert ->
                        alert.source() == SignalSource.PROBE && alert.task().equals(Optional.of(victim)));
        boolean newborn = state.task(victim)
                .flatMap(Task::startedAt)
                .filter(start -> start.plus(policy.warmUp()).isAfter(at))
                .isPresent();
        if (newborn && !(timeAndAgain && !about.healthy(victim).orElse(true))) {
            throw new Broken("a task may warm up", victim + " is young and not seen sick time and again");
        }
        if (state.task(victim).filter(Task::running).isEmpty()) {
            throw new Broken("only a task that is there is restarted", victim.toString());
        }
    }
}
