package io.selfheal.healer.engine;

import io.selfheal.healer.decide.Decider;
import io.selfheal.healer.decide.Decision;
import io.selfheal.healer.decide.Situation;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.Fold;
import io.selfheal.healer.incident.Fold.Folded;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** One service's turn: load its incident, fold the signals in, read facts, decide, save once. Nothing is carried out here. */
final class Turn {
    // Two healers on one service settle in two or three rounds; claims of many services contend for the ledger.
    private static final int ATTEMPTS = 12;
    private static final int CLAIM_ATTEMPTS = 6;
    // Reading the rest of the facts takes 3 s at most.
    private static final Duration ACTED_ON_WITHIN = Duration.ofSeconds(5);
    // No longer than evidence, which is gathered after the last look, may make it wait anyway.
    private static final Duration JUST_READ = Duration.ofSeconds(1);

    /** What a turn came to. */
    sealed interface Result {
        /** The incident is claimed: the action is to be carried out. */
        record Claimed(Incident incident, IncidentState.Acting acting) implements Result {}

        /** Saved, but not decided on for want of facts: to be visited again at once. */
        record Undecided() implements Result {}

        /** Nothing is left to do until the given time. */
        record Done(Optional<Instant> until) implements Result {}

        /** Others were always faster. Nothing is saved. */
        record Contended() implements Result {}
    }

    /** What a turn is about: signals that came, or, with none, the mere passing of time. */
    record Call(ServiceId service, List<Signal> signals, boolean authoritative, boolean due) {
        Call {
            signals = List.copyOf(signals);
        }

        Folded fold(Incident incident, Instant now) {
            return authoritative ? Fold.active(incident, signals, now) : Fold.signals(incident, signals, now);
        }
    }

    private final Ports ports;
    private final Host host;
    private final Policies policies;
    private final Decider decider;
    private final FactReader facts;
    private final Steps steps;
    private final Notifier notifier;
    private final StormWatch storms;
    private final UnsavedOutcomes unsaved;
    private final Riders riders = new Riders();
    private final Places places;
    // Inside one process claims go one by one, so that they do not make each other's view of the ledger stale.
    private final ReentrantLock claiming = new ReentrantLock();

    Turn(
            Ports ports,
            Host host,
            Policies policies,
            Decider decider,
            FactReader facts,
            Steps steps,
            UnsavedOutcomes unsaved,
            Notifier notifier) {
        this.ports = ports;
        this.host = host;
        this.policies = policies;
        this.decider = decider;
        this.facts = facts;
        this.steps = steps;
        this.unsaved = unsaved;
        this.notifier = notifier;
        this.places = new Places(ports.fleet());
        this.storms = new StormWatch(ports.storms(), policies.storm(), notifier);
    }

    Result take(Call call, TimeBudget budget) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<Result> result = attempt(call, budget, attempt <= CLAIM_ATTEMPTS);
            if (result.isPresent()) {
                return result.get();
            }
        }
        return new Result.Contended();
    }

    /** Saves what is known of the service's incident here and nowhere else. */
    void saveUnsaved(ServiceId service) {
        Call call = new Call(service, List.of(), false, true);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<Case> open = open(call, host.clock().instant())
                    .filter(one -> one.outcome().isPresent());
            if (open.isEmpty() || undecided(open.get()).isPresent()) {
                return;
            }
        }
    }

    /** Empty: somebody else saved meanwhile, or what was seen is no longer fresh. */
    private Optional<Result> attempt(Call call, TimeBudget budget, boolean mayClaim) {
        Optional<Instant> waiting = places.waiting(call.service(), host.clock().instant());
        if (waiting.isPresent() && call.signals().isEmpty()) {
            return Optional.of(new Result.Done(waiting));
        }
        Optional<Case> opened = open(call, host.clock().instant());
        if (opened.isEmpty()) {
            return Optional.of(new Result.Done(Optional.empty()));
        }
        Case open = opened.get();
        boolean itsTurn = places.due(call.service(), host.clock().instant());
        Optional<Situation> situation = situation(open.incident(), itsTurn, budget);
        // Not before: what is decided must not be older than what it is decided on.
        Instant now = host.clock().instant();
        if (situation.isEmpty()) {
            return undecided(open);
        }
        storms.look(open.incident(), situation.get(), now);
        Decision decision = decider.decide(open.incident(), policies, situation.get(), now);
        if (facts.useEvidence() && Decider.mayTurnOnEvidence(decision)) {
            Optional<Situation> closer =
                    facts.closer(situation.get(), open.incident().service(), budget);
            if (closer.isEmpty()) {
                return undecided(open);
            }
            situation = closer;
            now = host.clock().instant();
            decision = decider.decide(open.incident(), policies, closer.get(), now);
        }
        if (decision instanceof Decision.Act act) {
            Optional<Instant> place = places.take(act.action(), now);
            Optional<Situation> looked = itsTurn ? situation : Optional.empty();
            return place.isPresent() ? standInLine(open, place.get()) : claim(open, looked, budget, mayClaim);
        }
        places.leave(call.service());
        return settle(open, decision, situation.get(), now);
    }

    /** What came is saved; nothing else is worth a write. */
    private Optional<Result> standInLine(Case open, Instant place) {
        Result.Done waiting = new Result.Done(Optional.of(place));
        boolean news =
                !open.stored() || open.outcome().isPresent() || !open.all().isEmpty();
        Step step = Step.unchanged(open.incident().edit().dueAt(place).done());
        return news ? save(open, step, host.clock().instant()).map(_ -> waiting) : Optional.of(waiting);
    }

    private Optional<Result> undecided(Case open) {
        Instant now = host.clock().instant();
        return save(open, Step.unchanged(open.incident().edit().dueAt(now).done()), now)
                .map(_ -> new Result.Undecided());
    }

    private Optional<Case> open(Call call, Instant now) {
        Optional<Incident> stored = ports.store().findOpen(call.service());
        Optional<UnsavedOutcomes.Mounted> outcome = unsaved.on(call.service(), stored);
        if (stored.isEmpty() && call.signals().stream().noneMatch(Signal.Firing.class::isInstance)) {
            return Optional.empty();
        }
        Incident before = outcome.map(known -> known.step().incident())
                .or(() -> stored)
                .orElseGet(() -> Incident.open(host.ids().get(), call.service(), now));
        Folded riding = riders.mount(before);
        Folded folded = call.fold(riding.incident(), now);
        boolean repeats = folded.news().isEmpty() && !Riders.stranded(riding.news(), before);
        if (repeats && !(stored.isPresent() && call.due())) {
            return Optional.empty();
        }
        boolean relapsed = before.state() instanceof IncidentState.Settling
                && folded.news().stream().anyMatch(news -> news.reason() == Reason.ALERT_FIRING);
        Incident incident = relapsed ? Steps.relapse(folded.incident()) : folded.incident();
        return Optional.of(new Case(before, incident, outcome, riding.news(), folded.news(), stored.isPresent()));
    }

    private Optional<Situation> situation(Incident incident, boolean itsTurn, TimeBudget budget) {
        if (!Decider.needsFacts(incident)) {
            return Optional.of(Situation.unknown("not needed"));
        }
        return itsTurn ? facts.now(incident.service(), budget) : facts.lately(incident.service(), budget);
    }

    private Optional<Result> settle(Case open, Decision decision, Situation situation, Instant now) {
        if (!open.stored() && decision instanceof Decision.Resolve) {
            open.news().forEach(news -> notifier.ignored(news.signal(), decision.reason()));
            return Optional.of(new Result.Done(Optional.empty()));
        }
        Step step = steps.take(open.incident(), decision, now);
        boolean worthIt = !open.stored()
                || step.changed()
                || open.overdue(now)
                || open.all().stream().anyMatch(news -> !Riders.rides(news, open.before(), situation));
        if (!worthIt) {
            riders.add(open.before(), open.news());
            return Optional.of(new Result.Done(open.noLaterThanSaved(until(decision))));
        }
        return save(open, step, now).map(_ -> new Result.Done(open.noLaterThanSaved(until(decision))));
    }

    private static Optional<Instant> until(Decision decision) {
        return switch (decision) {
            case Decision.Wait wait -> Optional.of(wait.until());
            case Decision.Suppress suppress -> Optional.of(suppress.retryAt());
            case Decision.Ask _, Decision.Act _, Decision.Verify _, Decision.Resolve _, Decision.Escalate _ ->
                Optional.empty();
        };
    }

    /**
     * Looks again before it claims, unless the fleet was asked for this very purpose: what is old enough to wait by is not
     * fresh enough to act on.
     */
    private Optional<Result> claim(Case open, Optional<Situation> looked, TimeBudget budget, boolean mayClaim) {
        if (open.outcome().isPresent()) {
            // One action at a time, in the store too: how the last one ended comes before the next claim.
            return undecided(open);
        }
        Optional<Situation> fresh = mayClaim
                ? looked.filter(this::justRead)
                        .or(() -> facts.now(open.incident().service(), budget))
                        .flatMap(situation ->
                                facts.closer(situation, open.incident().service(), budget))
                : Optional.empty();
        if (fresh.isEmpty()) {
            return undecided(open);
        }
        // Durable before it is carried out, and after the lock: several claims share one write to the disk.
        return ports.store().together(() -> claim(open, fresh.get()));
    }

    private Optional<Result> claim(Case open, Situation looked) {
        claiming.lock();
        try {
            Situation situation = looked.with(facts.ledger());
            Instant now = host.clock().instant();
            if (stoodStill(situation, now)) {
                return Optional.empty();
            }
            storms.look(open.incident(), situation, now);
            Decision decision = decider.decide(open.incident(), policies, situation, now);
            if (!(decision instanceof Decision.Act act)) {
                places.leave(open.incident().service());
                return settle(open, decision, situation, now);
            }
            Step step = steps.take(open.incident(), act, now);
            return save(open, step, claimOf(step, situation), now).map(saved -> {
                places.leave(saved.service());
                return new Result.Claimed(saved, (IncidentState.Acting) saved.state());
            });
        } finally {
            claiming.unlock();
        }
    }

    private boolean justRead(Situation situation) {
        return situation.service() instanceof Fact.Known<ServiceState>(ServiceState _, Instant readAt)
                && !readAt.plus(JUST_READ).isBefore(host.clock().instant());
    }

    /** Between the look and the claim the process may have been held up for minutes, and the world went on. */
    private static boolean stoodStill(Situation situation, Instant now) {
        return situation.service() instanceof Fact.Known<ServiceState>(ServiceState _, Instant readAt)
                && readAt.plus(ACTED_ON_WITHIN).isBefore(now);
    }

    private static Optional<Change.Claim> claimOf(Step step, Situation situation) {
        return situation.ledger() instanceof Fact.Known<Ledger>(Ledger ledger, Instant _)
                ? step.claimed().map(record -> new Change.Claim(record, ledger.version()))
                : Optional.empty();
    }

    private Optional<Incident> save(Case open, Step step, Instant now) {
        return save(open, step, Optional.empty(), now);
    }

    private Optional<Incident> save(Case open, Step step, Optional<Change.Claim> claim, Instant now) {
        Incident next = step.incident().edit().updatedAt(now).done();
        List<HistoryEntry> entries = open.entries(next, policies.label());
        entries.addAll(step.entries());
        return switch (ports.store().save(new Change(next, entries, claim))) {
            case SaveResult.Saved(Incident saved) -> {
                riders.clear(saved.service());
                unsaved.clear(saved.service());
                notifier.history(saved, entries);
                yield Optional.of(saved);
            }
            case SaveResult.Conflict _ -> Optional.empty();
        };
    }
}
