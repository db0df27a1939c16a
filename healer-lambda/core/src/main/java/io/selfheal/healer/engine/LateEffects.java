package io.selfheal.healer.engine;

import io.selfheal.healer.engine.Step.Chronicle;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentEdit;
import io.selfheal.healer.incident.IncidentState.Acting;
import io.selfheal.healer.incident.IncidentState.Settling;
import io.selfheal.healer.incident.Measure;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.incident.TrackedAlert;
import io.selfheal.healer.incident.Transitions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A process that stands still in the middle of a call carries its action out after the claim is lost. Who took over may have
 * found nothing to undo yet. So what such an action leaves behind is noted once more, with whatever incident its service has
 * by then, and undone: at once, or where its answer did not come, as soon as it cannot take effect any more. What cannot be
 * noted now is kept, and noted by a later tick of this process; never twice, since the first undoing may be over by then, and
 * a second would undo what somebody else has done. Thread-safe.
 */
final class LateEffects {
    private static final int ATTEMPTS = 12;

    /**
     * What an action left behind.
     *
     * @param unheard entries of saves that tell of it and got no answer: where one is in the history, it is noted
     */
    private record Effect(Incident claimed, Acting acting, Outcome outcome, Instant at, Set<HistoryEntry> unheard) {}

    private final Ports ports;
    private final Host host;
    private final String policy;
    private final Notifier notifier;
    private final Queue<Effect> kept = new ConcurrentLinkedQueue<>();

    LateEffects(Ports ports, Host host, String policy, Notifier notifier) {
        this.ports = ports;
        this.host = host;
        this.policy = policy;
        this.notifier = notifier;
    }

    /**
     * Does nothing where nothing is left behind, or where it is going to be undone already.
     *
     * @param at when the fleet answered, or was given up
     * @throws StoreUnavailableException when it could not be noted; it is kept
     */
    void note(Incident claimed, Acting acting, Outcome outcome, Instant at) {
        keep(claimed, acting, outcome, at, List.of());
        noteKept();
    }

    /**
     * For when the store is known to be away: notes it with a later tick.
     *
     * @param unheard entries that tell of it, of saves that may have been stored although nobody said so
     */
    void keep(Incident claimed, Acting acting, Outcome outcome, Instant at, List<HistoryEntry> unheard) {
        if (acting.action().undo().isPresent() && !(outcome instanceof Outcome.Refused)) {
            kept.add(new Effect(claimed, acting, outcome, at, new HashSet<>(unheard)));
        }
    }

    boolean anyKept() {
        return !kept.isEmpty();
    }

    /**
     * Tries what is kept once more.
     *
     * @throws StoreUnavailableException when not all of it could be noted; the rest stays
     */
    void noteKept() {
        for (int left = kept.size(); left > 0; left--) {
            Effect effect = kept.poll();
            if (effect == null) {
                return;
            }
            boolean noted = false;
            try {
                noted = noted(effect);
            } finally {
                if (!noted) {
                    kept.add(effect);
                }
            }
        }
    }

    private boolean noted(Effect effect) {
        if (isTold(effect.unheard())) {
            return true;
        }
        Incident claimed = effect.claimed();
        Action undo = effect.acting().action().undo().orElseThrow().action();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Instant now = host.clock().instant();
            Incident current =
                    ports.store().findOpen(claimed.service()).orElseGet(() -> nothingElseWrong(claimed, now));
            if (undoing(current, undo) || raisedFurther(current, undo)) {
                return false;
            }
            List<Measure> standing = Outcomes.standing(current.measures(), undo, effect.outcome(), effect.at());
            if (standing.equals(current.measures()) || saved(current, standing, effect, now)) {
                return true;
            }
        }
        notifier.trouble(
                "noting that " + undo + " is left to do",
                new IllegalStateException(claimed.service() + " changes all the time"));
        return false;
    }

    private boolean isTold(Set<HistoryEntry> unheard) {
        return unheard.stream()
                .map(HistoryEntry::incident)
                .distinct()
                .anyMatch(incident -> ports.history().history(incident).stream().anyMatch(unheard::contains));
    }

    /** Such a call may have come before the effect, and then ends as if there had been nothing to undo. */
    private static boolean undoing(Incident current, Action undo) {
        return current.state() instanceof Acting acting
                && acting.action().reverts()
                && new Measure(acting.action(), acting.leaseUntil()).covers(undo);
    }

    /** Somebody went on from the count that was raised too late: theirs is undone first, and leaves ours to be undone. */
    private static boolean raisedFurther(Incident current, Action undo) {
        return current.measures().stream().anyMatch(one -> one.covers(undo) && !one.endsLike(undo));
    }

    /** What the action was about stays with it, since it is that which names the policy. */
    private Incident nothingElseWrong(Incident claimed, Instant now) {
        List<TrackedAlert> over = claimed.alerts().stream()
                .map(tracked -> tracked.firing() ? tracked.resolved(now) : tracked)
                .toList();
        return Incident.open(host.ids().get(), claimed.service(), now)
                .edit()
                .alerts(over)
                .move(Transitions.Event.HEALED_FOR_NOW, new Settling(now))
                .healedAt(Optional.of(now))
                .done();
    }

    private boolean saved(Incident current, List<Measure> measures, Effect effect, Instant now) {
        IncidentEdit edit = current.edit().measures(measures).updatedAt(now);
        if (!(current.state() instanceof Acting)) {
            edit.dueAt(now);
        }
        Chronicle chronicle = new Chronicle(current, now, policy)
                .add(
                        event(effect.outcome()),
                        reason(effect.outcome()),
                        told(effect),
                        Optional.of(effect.acting().action()));
        Change change = new Change(edit.done(), chronicle.entries(), Optional.empty());
        effect.unheard().addAll(change.entries());
        return switch (ports.store().save(change)) {
            case SaveResult.Saved(Incident saved) -> {
                notifier.history(saved, chronicle.entries());
                yield true;
            }
            case SaveResult.Conflict _ -> {
                effect.unheard().removeAll(change.entries());
                yield false;
            }
        };
    }

    private static Event event(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted _ -> Event.ACTED;
            case Outcome.Refused _, Outcome.Failed _ -> Event.FAILED;
        };
    }

    private static Reason reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted _ -> Reason.ACTION_ACCEPTED;
            case Outcome.Refused _ -> Reason.ACTION_REFUSED;
            case Outcome.Failed _ -> Reason.ACTION_FAILED;
        };
    }

    private static String told(Effect effect) {
        String answer =
                switch (effect.outcome()) {
                    case Outcome.Accepted(String detail) -> detail;
                    case Outcome.Refused(String why) -> why;
                    case Outcome.Failed(String why) -> why;
                };
        return "too late, the claim on it was over at " + effect.acting().leaseUntil() + ", so it is undone: " + answer;
    }
}
