package io.selfheal.healer.simulation;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Opening;
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

    ClaimRules(Policies policies) {
        this.policies = policies;
    }

    void check(Told told, Incident incident, Action action, Policy policy, Instant at) {
        Told.AboutService about = told.about(action.service());
        ServiceState state =
                about.state().orElseThrow(() -> new Broken("no action on unknown facts", action + ": fleet unread"));
        if (about.at().plus(FRESH).isBefore(at)) {
            throw new Broken("no action on old facts", action + " at " + at + " on what was asked at " + about.at());
        }
        if (action instanceof Action.Retire retire && completes(about, state, retire, incident, at)) {
            return;
        }
        notPaused(told, action, at);
        if (state.deployment().isPresent()) {
            throw new Broken("no action during a deployment", action.toString());
        }
        if (action.reverts()) {
            return;
        }
        if (policy.mode() == Policy.Mode.SHADOW) {
            throw new Broken("no action in shadow", action.toString());
        }
        noStorm(told, incident, at);
        switch (action) {
            case Action.RestartTask restart ->
                takesAway(about, state, incident, policy, Optional.of(restart.task()), at, false);
            case Action.Redeploy _ -> takesAway(about, state, incident, policy, Optional.empty(), at, false);
            case Action.ScaleOut out -> {
                if (out.to() > policy.scaleOut().orElseThrow().ceiling() || out.from() != state.desired()) {
                    throw new Broken("scale-out stays below its ceiling", out + " of " + state.desired());
                }
            }
            case Action.SurgeRestart surge ->
                takesAway(about, state, incident, policy, Optional.of(surge.task()), at, true);
            case Action.ShiftTraffic shift ->
                takesAway(about, state, incident, policy, Optional.of(shift.task()), at, false);
            case Action.RollBack _, Action.Degrade _, Action.Shed _ ->
                throw new Broken("an action of these worlds", action.toString());
            case Action.Retire _, Action.ScaleBack _, Action.Restore _ -> {}
        }
        if (!(action instanceof Action.ScaleOut)) {
            calleesWell(told, about, incident, action);
        }
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

    /** Callers of a service with an incident fail because of it, unless the probe itself sees their task sick. */
    private void calleesWell(Told told, Told.AboutService about, Incident incident, Action action) {
        if (action.victim().flatMap(about::healthy).filter(well -> !well).isPresent()) {
            return;
        }
        Set<String> callees = policies.calls().getOrDefault(incident.service().service(), Set.of());
        for (Opening one : told.openings()) {
            if (one.overAt().isEmpty() && callees.contains(one.service().service())) {
                throw new Broken("a sick callee is not its caller's fault", action + " while " + one);
            }
        }
    }

    private void takesAway(
            Told.AboutService about,
            ServiceState state,
            Incident incident,
            Policy policy,
            Optional<TaskId> victim,
            Instant at,
            boolean surge) {
        Set<TaskId> accused = accused(incident);
        long sick = 0;
        long healthyOthers = 0;
        boolean seenSick = false;
        for (Task task : state.tasks()) {
            if (!task.running()) {
                continue;
            }
            boolean probedWell = about.healthy(task.id()).orElse(false);
            boolean probedSick = !about.healthy(task.id()).orElse(true);
            boolean newborn = !probedWell
                    && !about.everReady(task.id())
                    && task.startedAt()
                            .map(start -> start.plus(STARTUP_GRACE).isAfter(at))
                            .orElse(true);
            boolean ill = !newborn && (probedSick || accused.contains(task.id()));
            boolean counts = victim.isEmpty() || victim.get().equals(task.id());
            sick += ill ? 1 : 0;
            seenSick |= counts && probedSick;
            healthyOthers +=
                    probedWell && !ill && victim.filter(task.id()::equals).isEmpty() ? 1 : 0;
        }
        if (sick > 1 && sick * 2 > state.running()) {
            throw new Broken("no action when many are sick", sick + " of " + state.running() + ", " + victim);
        }
        if (!surge && healthyOthers < policy.healthyFloor().required(state.desired())) {
            throw new Broken("healthy floor", healthyOthers + " others healthy of " + state.desired() + ", " + victim);
        }
        if (policy.confirm() == Policy.Confirm.PROBE && !seenSick) {
            throw new Broken("confirmed by the probe", victim + " is not seen sick");
        }
        victim.ifPresent(task -> warmedUp(about, state, policy, task, at));
    }

    /** Tasks that an alert names which nobody has resolved, as the store has it. */
    private Set<TaskId> accused(Incident incident) {
        Set<TaskId> accused = new HashSet<>();
        incident.alerts().stream()
                .filter(tracked -> tracked.firing() && tracked.alert().source() != SignalSource.PROBE)
                .filter(tracked -> policies.match(tracked.alert().labels()).isPresent())
                .forEach(tracked -> tracked.alert().task().ifPresent(accused::add));
        return accused;
    }

    private static void warmedUp(
            Told.AboutService about, ServiceState state, Policy policy, TaskId victim, Instant at) {
        boolean newborn = state.task(victim)
                .flatMap(Task::startedAt)
                .filter(start -> start.plus(policy.warmUp()).isAfter(at))
                .isPresent();
        if (newborn && about.healthy(victim).orElse(true)) {
            throw new Broken("a task may warm up", victim + " is young and not seen sick");
        }
        if (state.task(victim).filter(Task::running).isEmpty()) {
            throw new Broken("only a task that is there is restarted", victim.toString());
        }
    }
}
