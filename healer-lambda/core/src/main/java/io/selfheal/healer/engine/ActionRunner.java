package io.selfheal.healer.engine;

import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState.Acting;
import io.selfheal.healer.incident.SaveResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out an action that is claimed already, and saves how it ended. */
final class ActionRunner {
    private static final int ATTEMPTS = 5;

    private final Ports ports;
    private final Host host;
    private final UnsavedOutcomes unsaved;
    private final boolean remembering;
    private final Notifier notifier;
    private final LateEffects late;

    /**
     * Carries out actions.
     *
     * @param remembering whether this process lives on to save later what is not worth a write of its own
     */
    ActionRunner(
            Ports ports, Host host, UnsavedOutcomes unsaved, boolean remembering, Notifier notifier, LateEffects late) {
        this.ports = ports;
        this.host = host;
        this.unsaved = unsaved;
        this.remembering = remembering;
        this.notifier = notifier;
        this.late = late;
    }

    /**
     * Does nothing when the lease is over: by then another healer may have taken the incident on. Returns the incident where
     * the outcome was saved.
     */
    Optional<Incident> carryOut(Incident claimed, Acting acting) {
        if (!host.clock().instant().isBefore(acting.leaseUntil())) {
            return Optional.empty();
        }
        Outcome outcome = apply(claimed, acting);
        Instant at = host.clock().instant();
        if (remembering && UnsavedOutcomes.mayWait(acting.action(), outcome)) {
            unsaved.add(claimed, acting, outcome, at);
            notifier.unsaved(unsaved.step(claimed, acting, outcome, at));
            return Optional.empty();
        }
        List<HistoryEntry> sent = new ArrayList<>();
        Optional<Incident> saved;
        try {
            saved = saved(claimed, acting, outcome, sent);
        } catch (RuntimeException e) {
            // Whoever takes a claim on after its end looks for what to undo, but only once: this may come after it.
            if (!host.clock().instant().isBefore(acting.leaseUntil())) {
                late.keep(claimed, acting, outcome, at, sent);
            }
            throw e;
        }
        if (saved.isEmpty()) {
            late.note(claimed, acting, outcome, at);
        }
        return saved;
    }

    private Outcome apply(Incident claimed, Acting acting) {
        try {
            return ports.fleet().apply(acting.action(), claimed.id() + "-" + acting.attempt());
        } catch (RuntimeException e) {
            notifier.trouble("applying " + acting.action(), e);
            return new Outcome.Failed("the adapter broke: " + e);
        }
    }

    /**
     * Alerts may have been folded in meanwhile; any other change means that the claim is lost, and the incident goes on without
     * it.
     *
     * @param sent is given the entries of each save before it is tried
     */
    private Optional<Incident> saved(Incident claimed, Acting acting, Outcome outcome, List<HistoryEntry> sent) {
        Optional<Incident> current = Optional.of(claimed);
        for (int attempt = 0; attempt < ATTEMPTS && current.isPresent(); attempt++) {
            Instant now = host.clock().instant();
            Step step = unsaved.step(current.get(), acting, outcome, now);
            Incident next = step.incident().edit().updatedAt(now).done();
            sent.addAll(step.entries());
            switch (ports.store().save(new Change(next, step.entries(), Optional.empty()))) {
                case SaveResult.Saved(Incident saved) -> {
                    notifier.history(saved, step.entries());
                    return Optional.of(saved);
                }
                case SaveResult.Conflict _ ->
                    current = ports.store()
                            .findOpen(claimed.service())
                            .filter(found -> found.id().equals(claimed.id()))
                            .filter(found -> found.state().equals(acting));
            }
        }
        return Optional.empty();
    }
}
