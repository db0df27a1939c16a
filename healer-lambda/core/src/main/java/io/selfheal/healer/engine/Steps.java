package io.selfheal.healer.engine;

import io.selfheal.healer.approval.ApprovalLinks;
import io.selfheal.healer.decide.Decision;
import io.selfheal.healer.engine.Step.Chronicle;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Asked;
import io.selfheal.healer.incident.Held;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentEdit;
import io.selfheal.healer.incident.IncidentState.Acting;
import io.selfheal.healer.incident.IncidentState.Escalated;
import io.selfheal.healer.incident.IncidentState.Open;
import io.selfheal.healer.incident.IncidentState.Resolved;
import io.selfheal.healer.incident.IncidentState.Settling;
import io.selfheal.healer.incident.IncidentState.Verifying;
import io.selfheal.healer.incident.Measure;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.TrackedAlert;
import io.selfheal.healer.incident.Transitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a decision makes of an incident. Pure. */
public final class Steps {
    private final String policy;
    private final boolean watching;
    private final ApprovalLinks links;

    /**
     * Steps on behalf of the policies.
     *
     * @param policy label of the policies that decide
     * @param watching see {@link Settings}
     */
    public Steps(String policy, boolean watching) {
        this(policy, watching, ApprovalLinks.NONE);
    }

    Steps(String policy, boolean watching, ApprovalLinks links) {
        this.policy = policy;
        this.watching = watching;
        this.links = links;
    }

    public Step take(Incident incident, Decision decision, Instant now) {
        Chronicle chronicle = new Chronicle(incident, now, policy);
        return switch (decision) {
            case Decision.Act act -> claim(incident, act, chronicle, now);
            case Decision.Verify verify -> verify(incident, verify, chronicle, now);
            case Decision.Wait wait -> await(incident, wait, chronicle, now);
            case Decision.Ask ask -> ask(incident, ask, chronicle, now);
            case Decision.Suppress suppress -> hold(incident, suppress, chronicle, now);
            case Decision.Resolve resolve -> end(incident, resolve, chronicle, now);
            case Decision.Escalate escalate -> handOver(incident, escalate, chronicle, now);
        };
    }

    /** An alert fired while only a temporary measure was left to undo: the story goes on, with the whole ladder. */
    public static Incident relapse(Incident incident) {
        return incident.edit()
                .move(Transitions.Event.RELAPSED, new Open())
                .healedAt(Optional.empty())
                .done();
    }

    private static Step claim(Incident incident, Decision.Act act, Chronicle chronicle, Instant now) {
        Action action = act.action();
        boolean repairs = !action.reverts();
        IncidentEdit edit = strike(incident, chronicle, now)
                .move(Transitions.Event.CLAIMED, new Acting(action, act.attempt(), act.leaseUntil()))
                .attempts(act.attempt())
                .asked(Optional.empty())
                .held(Optional.empty())
                .dueAt(act.leaseUntil());
        if (repairs) {
            List<Action> tried = new ArrayList<>(incident.tried());
            tried.add(action);
            edit.tried(tried).actedAt(incident.actedAt().orElse(now));
        }
        action.undo().ifPresent(undo -> {
            // Noted before it is done, so that it is undone whatever becomes of this healer.
            List<Measure> measures = new ArrayList<>(incident.measures());
            measures.add(new Measure(undo.action(), now.plus(undo.after())));
            edit.measures(measures);
        });
        chronicle.add(repairs ? Event.ACT : Event.REVERT, act.reason(), act.detail(), Optional.of(action));
        ActionRecord record =
                new ActionRecord(incident.id(), act.attempt(), incident.service(), action.victim(), action.kind(), now);
        return new Step(edit.done(), chronicle.entries(), Optional.of(record), true);
    }

    /** Counts the action under verification as ineffective when its time is over. */
    private static IncidentEdit strike(Incident incident, Chronicle chronicle, Instant now) {
        if (incident.state() instanceof Verifying verifying && !now.isBefore(verifying.deadline())) {
            chronicle.add(
                    Event.VERIFY,
                    Reason.NOT_HEALED_IN_TIME,
                    "attempt " + verifying.attempt() + " did not help by " + verifying.deadline(),
                    Optional.of(verifying.action()));
            return incident.edit().strikes(incident.strikes() + 1);
        }
        return incident.edit();
    }

    private static Step verify(Incident incident, Decision.Verify verify, Chronicle chronicle, Instant now) {
        if (!(incident.state() instanceof Acting acting)) {
            throw new IllegalStateException("only an action can be verified, not " + incident.state());
        }
        chronicle.add(Event.VERIFY, verify.reason(), verify.detail(), Optional.of(acting.action()));
        Verifying next = new Verifying(acting.action(), acting.attempt(), now, verify.deadline(), Optional.empty());
        return Step.to(
                incident.edit()
                        .move(Transitions.Event.LEASE_EXPIRED, next)
                        .dueAt(now)
                        .done(),
                chronicle.entries());
    }

    private Step await(Incident incident, Decision.Wait wait, Chronicle chronicle, Instant now) {
        return switch (incident.state()) {
            case Open _ ->
                held(incident.edit(), incident, Event.WAIT, wait.reason(), wait.detail(), wait.until(), chronicle, now);
            case Verifying verifying -> stabilise(incident, verifying, wait, now);
            case Acting _, Settling _, Escalated _, Resolved _ -> Step.unchanged(incident);
        };
    }

    /** Where nobody watches between two looks, the start of being well is kept with the incident. */
    private Step stabilise(Incident incident, Verifying verifying, Decision.Wait wait, Instant now) {
        boolean well = wait.reason() == Reason.STABILISING;
        // A task that was set aside is sick, and keeps those who watch the fleet from seeing the others well.
        boolean watched = watching && incident.aside().isEmpty();
        if (watched || well == verifying.wellSince().isPresent()) {
            return Step.unchanged(incident);
        }
        Verifying next = new Verifying(
                verifying.action(),
                verifying.attempt(),
                verifying.since(),
                verifying.deadline(),
                well ? Optional.of(now) : Optional.empty());
        return Step.to(
                incident.edit()
                        .move(Transitions.Event.OBSERVED, next)
                        .dueAt(wait.until())
                        .done(),
                List.of());
    }

    /** The question is kept with the incident: who asks twice after a restart would have two answers. */
    private Step ask(Incident incident, Decision.Ask ask, Chronicle chronicle, Instant now) {
        IncidentEdit edit = strike(incident, chronicle, now);
        if (incident.state() instanceof Verifying) {
            edit.move(Transitions.Event.HELD, new Open());
        }
        Asked asked = new Asked(ask.action(), ask.attempt(), now, ask.expiresAt(), Optional.empty());
        chronicle.add(
                Event.SUPPRESS,
                ask.reason(),
                ask.detail() + "; " + links.howTo(incident.id(), asked),
                Optional.of(ask.action()));
        return Step.to(
                edit.held(Optional.of(new Held(ask.reason(), now)))
                        .asked(Optional.of(asked))
                        .dueAt(now)
                        .done(),
                chronicle.entries());
    }

    private static Step hold(Incident incident, Decision.Suppress suppress, Chronicle chronicle, Instant now) {
        IncidentEdit edit = strike(incident, chronicle, now);
        if (incident.state() instanceof Verifying) {
            edit.move(Transitions.Event.HELD, new Open());
        }
        return held(
                edit,
                incident,
                Event.SUPPRESS,
                suppress.reason(),
                suppress.detail(),
                suppress.retryAt(),
                chronicle,
                now);
    }

    /** The same standing reason again is nothing new. */
    private static Step held(
            IncidentEdit edit,
            Incident incident,
            Event event,
            Reason reason,
            String detail,
            Instant until,
            Chronicle chronicle,
            Instant now) {
        if (incident.held().filter(held -> held.reason() == reason).isPresent()) {
            return Step.unchanged(incident);
        }
        chronicle.add(event, reason, detail);
        return Step.to(
                edit.held(Optional.of(new Held(reason, now))).dueAt(until).done(), chronicle.entries());
    }

    private static Step end(Incident incident, Decision.Resolve resolve, Chronicle chronicle, Instant now) {
        List<TrackedAlert> ended = incident.alerts().stream()
                .map(tracked -> tracked.firing() ? tracked.resolved(now) : tracked)
                .toList();
        Instant healedAt = incident.healedAt().orElse(resolve.wellSince());
        IncidentEdit edit = incident.edit()
                .alerts(ended)
                .tried(List.of())
                .asked(Optional.empty())
                .held(Optional.empty())
                .healedAt(Optional.of(healedAt));
        Optional<Instant> standing =
                incident.measures().stream().map(Measure::dueAt).min(Comparator.naturalOrder());
        if (standing.isPresent()) {
            edit.move(Transitions.Event.HEALED_FOR_NOW, new Settling(healedAt)).dueAt(standing.get());
        } else {
            edit.move(Transitions.Event.HEALED, new Resolved(now)).neverDue();
        }
        chronicle.add(Event.RESOLVE, resolve.reason(), resolve.detail());
        return Step.to(edit.done(), chronicle.entries());
    }

    private static Step handOver(Incident incident, Decision.Escalate escalate, Chronicle chronicle, Instant now) {
        IncidentEdit edit = strike(incident, chronicle, now)
                .move(Transitions.Event.ESCALATED, new Escalated(now, escalate.reason()))
                .held(Optional.empty())
                .dueAt(now);
        chronicle.add(Event.ESCALATE, escalate.reason(), escalate.detail());
        return Step.to(edit.done(), chronicle.entries());
    }
}
