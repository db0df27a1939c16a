package io.selfheal.healer.engine;

import io.selfheal.healer.engine.Step.Chronicle;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentEdit;
import io.selfheal.healer.incident.IncidentState.Acting;
import io.selfheal.healer.incident.IncidentState.Open;
import io.selfheal.healer.incident.IncidentState.Verifying;
import io.selfheal.healer.incident.Measure;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the fleet's answer to an action makes of an incident. Pure. */
public final class Outcomes {
    // A fleet that could not be asked to undo something is asked again after this; nothing is lost but time.
    private static final Duration REVERT_RETRY = Duration.ofMinutes(1);

    /**
     * An order whose answer did not come may still be carried out; for so long after it was given up nothing is concluded from
     * its effect not being there. Far above what ECS takes for one.
     */
    private static final Duration UNDER_WAY = Duration.ofSeconds(15);

    private Outcomes() {}

    /** Applies the answer to the action that the incident is acting on. */
    public static Step apply(
            Incident incident, Acting acting, Outcome outcome, Instant deadline, String policy, Instant now) {
        Chronicle chronicle = new Chronicle(incident, now, policy);
        Optional<Action> action = Optional.of(acting.action());
        switch (outcome) {
            case Outcome.Accepted(String detail) -> chronicle.add(Event.ACTED, Reason.ACTION_ACCEPTED, detail, action);
            case Outcome.Refused(String why) -> chronicle.add(Event.FAILED, Reason.ACTION_REFUSED, why, action);
            case Outcome.Failed(String why) -> chronicle.add(Event.FAILED, Reason.ACTION_FAILED, why, action);
        }
        IncidentEdit edit = incident.edit().dueAt(now);
        if (acting.action().reverts()) {
            reverted(edit, incident, acting, outcome, deadline, now);
        } else {
            repaired(edit, incident, acting, outcome, deadline, now);
        }
        return Step.to(edit.done(), chronicle.entries());
    }

    private static void repaired(
            IncidentEdit edit, Incident incident, Acting acting, Outcome outcome, Instant deadline, Instant now) {
        switch (outcome) {
            case Outcome.Accepted _ ->
                edit.move(
                        Transitions.Event.ACCEPTED,
                        new Verifying(acting.action(), acting.attempt(), now, deadline, Optional.empty()));
            case Outcome.Refused _ -> {
                edit.move(Transitions.Event.FAILED, new Open()).strikes(incident.strikes() + 1);
                acting.action().undo().ifPresent(undo -> edit.measures(without(incident.measures(), undo.action())));
            }
            case Outcome.Failed _ -> {
                edit.move(Transitions.Event.FAILED, new Open()).strikes(incident.strikes() + 1);
                acting.action()
                        .undo()
                        .ifPresent(undo -> edit.measures(standing(incident.measures(), undo.action(), outcome, now)));
            }
        }
    }

    /**
     * The measures, when an action that the given one undoes has ended so: one of them is going to undo it. Where nobody told
     * whether it was done, none that would is due before it cannot take effect any more: it would stand for good after that.
     * They stay as they are once that is noted.
     *
     * @param at when it ended so
     */
    static List<Measure> standing(List<Measure> measures, Action undo, Outcome outcome, Instant at) {
        boolean unanswered = outcome instanceof Outcome.Failed;
        Instant from = unanswered ? at.plus(UNDER_WAY) : at;
        if (measures.stream().noneMatch(one -> one.covers(undo))) {
            return Stream.concat(measures.stream(), Stream.of(new Measure(undo, from)))
                    .toList();
        }
        return measures.stream()
                .map(one -> unanswered && one.covers(undo) && one.dueAt().isBefore(from)
                        ? new Measure(one.undo(), from)
                        : one)
                .toList();
    }

    /** A refusal is an end too: somebody has changed the count since, and their will stands. */
    private static void reverted(
            IncidentEdit edit, Incident incident, Acting acting, Outcome outcome, Instant deadline, Instant now) {
        Action undo = acting.action();
        switch (outcome) {
            case Outcome.Accepted _
            when completesSurge(incident, undo) ->
                edit.move(
                                Transitions.Event.ACCEPTED,
                                new Verifying(undo, acting.attempt(), now, deadline, Optional.empty()))
                        .measures(without(incident.measures(), undo));
            case Outcome.Accepted _, Outcome.Refused _ ->
                edit.move(Transitions.Event.REVERTED, new Open()).measures(without(incident.measures(), undo));
            case Outcome.Failed _ ->
                edit.move(Transitions.Event.FAILED, new Open())
                        .measures(incident.measures().stream()
                                .map(one -> one.undo().equals(undo) ? new Measure(undo, now.plus(REVERT_RETRY)) : one)
                                .toList());
        }
    }

    /** The sick task is gone only now: only now can it be seen whether that helped. */
    private static boolean completesSurge(Incident incident, Action undo) {
        return incident.healedAt().isEmpty()
                && undo instanceof Action.Retire retire
                && !retire.aside()
                && incident.tried().stream().anyMatch(Action.SurgeRestart.class::isInstance);
    }

    private static List<Measure> without(List<Measure> measures, Action undo) {
        return measures.stream().filter(one -> !one.undo().equals(undo)).toList();
    }
}
