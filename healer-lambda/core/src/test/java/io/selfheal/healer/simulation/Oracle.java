package io.selfheal.healer.simulation;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.IncidentState.Acting;
import io.selfheal.healer.incident.IncidentState.Verifying;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says at every step whether it was right. It sees what was saved, what the fleet was asked for and what each healer had been
 * told; it calls none of the engine's code, and reads of the domain only its records. The first step that was wrong ends the
 * world.
 */
final class Oracle {
    private static final Duration SLACK = Duration.ofMillis(2L * Weather.MAX_SKEW);

    /** A claim as it was saved. */
    private record Promise(Action action, int healer, int life, Instant leaseUntil) {}

    /** Who saves, in which life, by how much its clock is wrong, and what it knows. */
    record Witness(int healer, int life, long skewMillis, Told told) {
        Instant inTrueTime(Instant at) {
            return at.minusMillis(skewMillis);
        }
    }

    private final Policies policies;
    private final ClaimRules rules;
    private final Limits limits = new Limits();
    private final Temporary temporary = new Temporary();
    private final Map<ServiceId, Incident> latest = new HashMap<>();
    private final Map<IncidentId, Set<Action>> tried = new HashMap<>();
    private final Map<String, Promise> promises = new HashMap<>();
    private final Map<ServiceId, Instant> claimedTrueAt = new HashMap<>();
    private final Set<String> applied = new HashSet<>();
    private final Set<IncidentId> over = new HashSet<>();
    private final Map<String, Instant> tracked = new HashMap<>();
    private final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    private final Map<ServiceId, Long> cameToRest = new HashMap<>();
    private long saves;
    private long claims;
    private long escalated;

    Oracle(Policies policies) {
        this.policies = policies;
        this.rules = new ClaimRules(policies);
    }

    long claims() {
        return claims;
    }

    long escalated() {
        return escalated;
    }

    Map<Reason, Long> reasons() {
        return reasons;
    }

    /** How many saves there were: a time that every healer agrees on. */
    long saves() {
        return saves;
    }

    /** The policy of a service: in these worlds each service has one of its own. */
    private Policy policy(ServiceId service) {
        return policies.policies().stream()
                .filter(policy -> policy.name().equals(service.service()))
                .findFirst()
                .orElseThrow();
    }

    /** The store has taken a change. */
    void saved(Witness who, Change change, Incident saved) {
        Optional<Incident> before = Optional.ofNullable(latest.get(saved.service()));
        saves++;
        if (isOnItsWay(phase(before)) && !isOnItsWay(saved.state().phase())) {
            cameToRest.put(saved.service(), saves);
        }
        change.entries().forEach(entry -> reasons.merge(entry.reason(), 1L, Long::sum));
        oneStory(before, change, saved);
        temporary.saved(before, change, saved);
        explained(before, change, saved);
        if (saved.state() instanceof Acting acting && attempts(before) != saved.attempts()) {
            claimed(who, before, change, saved, acting);
        } else if (change.claim().isPresent()) {
            throw new Broken("a claim is an attempt", saved.id() + " counts no new one");
        }
        if (saved.state() instanceof Verifying verifying) {
            verifies(who, before, saved, verifying);
        }
        if (change.entries().stream().anyMatch(entry -> entry.event() == HistoryEntry.Event.RESOLVE)) {
            resolved(who, before, change, saved);
        }
        if (saved.state() instanceof IncidentState.Escalated && phase(before) != IncidentState.Phase.ESCALATED) {
            escalated++;
        }
        keep(saved);
    }

    /**
     * A signal that was acknowledged is part of a story, rides along with one, or was about what is over already. A late copy
     * of an episode that a newer one of the same alert has followed tells nothing.
     *
     * @param since how many saves there were when its receiver began to take it in: with an action that was on its way at any time
     *     since then it may ride, also when another healer has ended that meanwhile
     */
    void accepted(Signal signal, boolean ignored, long since) {
        if (!(signal instanceof Signal.Firing(Alert alert))) {
            return;
        }
        boolean rides = isOnItsWay(phase(Optional.ofNullable(latest.get(alert.service()))))
                || cameToRest.getOrDefault(alert.service(), 0L) > since;
        if (!ignored && !rides && alert.startsAt().isAfter(tracked.getOrDefault(alert.fingerprint(), Instant.MIN))) {
            throw new Broken("what is acknowledged is kept", alert.toString());
        }
    }

    private static boolean isOnItsWay(IncidentState.Phase phase) {
        return switch (phase) {
            case ACTING, VERIFYING -> true;
            case OPEN, SETTLING, RESOLVED, ESCALATED -> false;
        };
    }

    private void keep(Incident saved) {
        saved.alerts()
                .forEach(one -> tracked.merge(
                        one.alert().fingerprint(), one.alert().startsAt(), (a, b) -> a.isAfter(b) ? a : b));
        if (saved.state().over()) {
            latest.remove(saved.service());
            tried.remove(saved.id());
            over.add(saved.id());
        } else {
            latest.put(saved.service(), saved);
        }
    }

    private static int attempts(Optional<Incident> incident) {
        return incident.map(Incident::attempts).orElse(0);
    }

    private static IncidentState.Phase phase(Optional<Incident> incident) {
        return incident.map(one -> one.state().phase()).orElse(IncidentState.Phase.OPEN);
    }

    /** One story of a service at a time, each step made from the one before, and none after its end. */
    private void oneStory(Optional<Incident> before, Change change, Incident saved) {
        boolean follows = before.map(one -> one.id().equals(saved.id())
                        && one.version() == change.incident().version())
                .orElse(change.incident().version() == 0);
        if (!follows || over.contains(saved.id())) {
            throw new Broken(
                    "each step is made from the one before",
                    saved.id() + " from version " + change.incident().version() + ", stored is "
                            + before.map(one -> one.id() + " version " + one.version()));
        }
        int more = saved.attempts() - attempts(before);
        if (more < 0 || more > 1 || (more == 1 && phase(before) == IncidentState.Phase.ACTING)) {
            throw new Broken("one action at a time", saved.id() + " has " + more + " more attempts");
        }
    }

    /** Whatever changes an incident's state says why. */
    private static void explained(Optional<Incident> before, Change change, Incident saved) {
        boolean moved = saved.state().phase() != phase(before);
        boolean said = change.entries().stream()
                .anyMatch(entry -> entry.event() != HistoryEntry.Event.SIGNAL || before.isEmpty());
        boolean relapsed = phase(before) == IncidentState.Phase.SETTLING;
        if (moved && !said && !relapsed) {
            throw new Broken("every step says why", saved.id() + " went to " + saved.state());
        }
    }

    private void claimed(Witness who, Optional<Incident> before, Change change, Incident saved, Acting acting) {
        Change.Claim claim =
                change.claim().orElseThrow(() -> new Broken("a claim is in the ledger", saved.id() + " " + acting));
        ActionRecord record = claim.record();
        Action action = acting.action();
        Policy policy = policy(saved.service());
        Instant trueAt = who.inTrueTime(record.at());
        if (claim.ledgerVersion() != claims) {
            throw new Broken(
                    "a claim knows of all before it", record + " of " + claim.ledgerVersion() + ", not " + claims);
        }
        claims++;
        if (record.attempt() != saved.attempts() || acting.attempt() != saved.attempts()) {
            throw new Broken("a claim names its attempt", record + " of " + saved.attempts());
        }
        if (!acting.leaseUntil().equals(record.at().plus(policy.lease()))) {
            throw new Broken("a lease lasts as long as the policy says", record + " until " + acting.leaseUntil());
        }
        rules.check(who.told(), saved, Temporary.aside(before), action, policy, record.at());
        if (!record.kind().reverts()) {
            limits.check(record, trueAt, policy, saved);
            patient(before, policy, action, trueAt);
            if (!tried.computeIfAbsent(saved.id(), _ -> new HashSet<>()).add(action)) {
                throw new Broken("no action is repeated", saved.id() + ": " + action);
            }
        }
        temporary(saved, action, policy, record.at());
        limits.enter(record, trueAt);
        claimedTrueAt.put(saved.service(), trueAt);
        promises.put(
                saved.id() + "-" + acting.attempt(),
                new Promise(action, who.healer(), who.life(), acting.leaseUntil()));
    }

    /** The next rung waits for the verdict on the last; a fault beside it need not. */
    private void patient(Optional<Incident> before, Policy policy, Action action, Instant trueAt) {
        boolean nextRung = action.victim().isEmpty();
        if (!nextRung || before.isEmpty() || !(before.get().state() instanceof Verifying)) {
            return;
        }
        Instant claimed = claimedTrueAt.getOrDefault(before.get().service(), Instant.MIN);
        if (trueAt.isBefore(claimed.plus(policy.verification().deadline()).minus(SLACK))) {
            throw new Broken("verification has its time", action + " at " + trueAt + " after " + claimed);
        }
    }

    private static void temporary(Incident saved, Action action, Policy policy, Instant at) {
        action.undo().ifPresent(undo -> {
            Instant due = at.plus(standing(action, policy));
            if (saved.measures().stream()
                    .noneMatch(one ->
                            one.undo().equals(undo.action()) && one.dueAt().equals(due))) {
                throw new Broken("what is temporary is noted before it is done", action.toString());
            }
        });
        boolean early = action instanceof Action.Retire retire && !retire.aside();
        if (action.reverts()
                && saved.measures().stream()
                        .noneMatch(one -> one.undo().equals(action)
                                && (early || !one.dueAt().isAfter(at)))) {
            throw new Broken("what is temporary stays its time", action.toString());
        }
    }

    /** How long the policy lets it stand. */
    private static Duration standing(Action action, Policy policy) {
        return switch (action.kind()) {
            case SCALE_OUT -> policy.scaleOut().orElseThrow().returnAfter();
            case SURGE_RESTART -> policy.means().surgeWithin();
            case SHIFT_TRAFFIC -> policy.means().keepFor();
            case DEGRADE -> policy.means().degradeFor();
            case SHED -> policy.means().shedding().lasting();
            case RESTART_TASK, RETIRE, REDEPLOY, ROLL_BACK, SCALE_BACK, RESTORE ->
                throw new Broken("only what is temporary is undone", action.toString());
        };
    }

    /** A lease is over for the others only when it is over for its owner, give or take what clocks may differ by. */
    private void verifies(Witness who, Optional<Incident> before, Incident saved, Verifying verifying) {
        if (phase(before) == IncidentState.Phase.ACTING
                && before.orElseThrow().state() instanceof Acting acting
                && saved.dueAt().isPresent()) {
            Promise promise = promises.get(saved.id() + "-" + acting.attempt());
            boolean owner = promise != null && promise.healer() == who.healer() && promise.life() == who.life();
            Instant leaseEnd = claimedTrueAt
                    .getOrDefault(saved.service(), Instant.MIN)
                    .plus(policy(saved.service()).lease());
            if (!owner && who.inTrueTime(verifying.since()).isBefore(leaseEnd.minus(SLACK))) {
                throw new Broken("a lease is respected", saved.id() + " taken over at " + verifying.since());
            }
            Duration time = Duration.between(verifying.since(), verifying.deadline());
            if (!time.equals(policy(saved.service()).verification().deadline())) {
                throw new Broken("verification has its time", saved.id() + ": " + time);
            }
        }
        boolean counted = before.map(Incident::state)
                .filter(state ->
                        state instanceof Verifying known && known.wellSince().equals(verifying.wellSince()))
                .isPresent();
        if (verifying.wellSince().isPresent()
                && !counted
                && !who.told().about(saved.service()).well(Temporary.aside(before))) {
            throw new Broken("healed means seen well", saved.id() + " counts the time");
        }
    }

    /**
     * Over only when the last that this healer saw was well, and after an action only when it stayed so. How old the sight is
     * does not matter here: it ends the story as of then, and what came later begins a new one.
     */
    private void resolved(Witness who, Optional<Incident> before, Change change, Incident saved) {
        Told.AboutService about = who.told().about(saved.service());
        Instant at = change.incident().updatedAt();
        if (!about.well(Temporary.aside(before))) {
            throw new Broken(
                    "healed means seen well", saved.id() + " at " + at + ", asked at " + about.seenAt() + ": " + about);
        }
        if (before.isPresent() && before.get().state() instanceof Verifying verifying) {
            Duration needed = policy(saved.service()).verification().stabilisation();
            boolean stayed = about.wellSince()
                            .filter(since -> !at.isBefore(since.plus(needed)))
                            .isPresent()
                    || verifying
                            .wellSince()
                            .filter(since -> !at.isBefore(since.plus(needed)))
                            .isPresent();
            if (!stayed || at.isBefore(verifying.since().plus(needed))) {
                throw new Broken(
                        "healed means well for a while",
                        saved.id() + " at " + at + " since " + about.wellSince() + ", stored " + verifying);
            }
        }
        if (before.isPresent() && before.get().state() instanceof Acting acting) {
            resolvedFromActing(who, acting, change, saved);
        }
        tried.remove(saved.id());
    }

    /** What stands longer than it may, though nothing has been in the way since the calm began. */
    void undoneInTime(Instant now, long calmSince) {
        latest.values().forEach(incident -> Temporary.undoneInTime(incident, now, calmSince));
    }

    /** What the healer heard of its action, by its own clock. */
    void answered(String key, Outcome outcome, Instant at) {
        temporary.answered(key, outcome, at);
    }

    /** Only who did it may end it before the lease does, and says when the fleet had taken it. */
    private void resolvedFromActing(Witness who, Acting acting, Change change, Incident saved) {
        Promise promise = promises.get(saved.id() + "-" + acting.attempt());
        if (promise == null || promise.healer() != who.healer() || promise.life() != who.life()) {
            throw new Broken("a lease is respected", saved.id() + " ended by healer " + who.healer());
        }
        Instant acted = change.entries().stream()
                .filter(entry -> entry.event() == HistoryEntry.Event.ACTED)
                .map(HistoryEntry::at)
                .findFirst()
                .orElseThrow(() -> new Broken("every step says why", saved.id() + " ended while acted on"));
        Instant at = change.incident().updatedAt();
        Duration needed = policy(saved.service()).verification().stabilisation();
        boolean stayed = who.told()
                .about(saved.service())
                .wellSince()
                .filter(since -> !at.isBefore(since.plus(needed)))
                .isPresent();
        if (!stayed || at.isBefore(acted.plus(needed))) {
            throw new Broken("healed means well for a while", saved.id() + " at " + at + ", acted at " + acted);
        }
    }

    /** The fleet is asked for an action: once only, by whoever claimed it, for what was claimed and within the lease. */
    void asked(Witness who, Action action, String key, Instant at) {
        Promise promise = promises.get(key);
        if (promise == null || !promise.action().equals(action)) {
            throw new Broken("claimed before done", key + ": " + action);
        }
        if (promise.healer() != who.healer() || promise.life() != who.life()) {
            throw new Broken("done by whoever claimed it", key + " by healer " + who.healer());
        }
        if (!at.isBefore(promise.leaseUntil())) {
            throw new Broken("done within the lease", key + " at " + at);
        }
        if (!applied.add(key)) {
            throw new Broken("no action twice", key + ": " + action);
        }
    }
}
