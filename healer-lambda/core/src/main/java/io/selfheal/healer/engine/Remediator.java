package io.selfheal.healer.engine;

import io.selfheal.healer.decide.Decider;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.incident.TrackedAlert;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.watch.FleetView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The engine: takes signals and the passing of time, and heals. Any number of them may work on one store: what is saved
 * decides, never what one of them remembers. Thread-safe.
 */
public final class Remediator {
    /** More incidents than any cluster has services. */
    private static final int ALL = 10_000;
    /** Every open incident is due by then. */
    private static final Duration FAR_OFF = Duration.ofDays(3650);
    /** A sender's list of active alerts may be this much older than its last webhook. */
    private static final Duration LIST_LAGS = Duration.ofSeconds(15);

    private final Ports ports;
    private final Host host;
    private final Settings settings;
    private final Turn turn;
    private final ActionRunner runner;
    private final UnsavedOutcomes unsaved;
    private final LateEffects late;
    private final Notifier notifier;
    private final ServiceLocks locks = new ServiceLocks();
    private final Set<ServiceId> visiting = ConcurrentHashMap.newKeySet();
    private final Map<ServiceId, Instant> notBefore = new ConcurrentHashMap<>();

    public Remediator(Ports ports, FleetView view, Policies policies, Settings settings, Host host) {
        this.ports = ports;
        this.host = host;
        this.settings = settings;
        this.notifier = new Notifier(host.listener());
        Decider decider = new Decider(settings.rules());
        FactReader facts = new FactReader(ports, view, host, settings, policies);
        Steps steps = new Steps(policies.label(), settings.watching(), host.links());
        this.unsaved = new UnsavedOutcomes(policies, decider);
        this.turn = new Turn(ports, host, policies, decider, facts, steps, unsaved, notifier);
        this.late = new LateEffects(ports, host, policies.label(), notifier);
        this.runner = new ActionRunner(ports, host, unsaved, settings.watching(), notifier, late);
    }

    /**
     * Takes signals in. When it returns, everything in them that matters is saved, and what is to be done is claimed and
     * on its way. Returns how many signals were taken.
     *
     * @throws StoreUnavailableException when not everything could be saved; the sender has to send it again
     */
    public int accept(List<Signal> signals) {
        return ports.store().together(() -> takeTurns(signals, false));
    }

    /** Compares with the sender's own list of active alerts: folds in those missed, ends those that it no longer lists. */
    public void reconcile(SignalSource source, List<Alert> active) {
        Instant now = host.clock().instant();
        List<Signal> signals = new ArrayList<>();
        active.forEach(alert -> signals.add(new Signal.Firing(alert)));
        for (Incident incident : ports.store().due(now.plus(FAR_OFF), ALL)) {
            incident.alerts().stream()
                    .filter(TrackedAlert::firing)
                    .filter(tracked -> tracked.receivedAt().plus(LIST_LAGS).isBefore(now))
                    .map(TrackedAlert::alert)
                    .filter(alert -> alert.source() == source && active.stream().noneMatch(alert::sameAs))
                    .forEach(alert -> signals.add(new Signal.Resolved(alert, now)));
        }
        int unused = ports.store().together(() -> takeTurns(signals, true));
    }

    private int takeTurns(List<Signal> signals, boolean authoritative) {
        Map<ServiceId, List<Signal>> byService = new LinkedHashMap<>();
        signals.forEach(signal -> byService
                .computeIfAbsent(signal.service(), _ -> new ArrayList<>())
                .add(signal));
        TimeBudget budget = TimeBudget.of(settings.quickFacts(), host.clock());
        Optional<RuntimeException> failure = Optional.empty();
        for (Map.Entry<ServiceId, List<Signal>> entry : byService.entrySet()) {
            try {
                Turn.Call call = new Turn.Call(entry.getKey(), entry.getValue(), authoritative, false);
                if (takeTurn(call, budget) instanceof Turn.Result.Contended) {
                    throw new StoreUnavailableException(
                            "save", new IllegalStateException(entry.getKey() + " changes all the time"));
                }
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                // One incident that cannot be read must not keep the other services of the batch from being healed.
                notifier.trouble("accepting signals of " + entry.getKey(), e);
                failure = Optional.of(e);
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return signals.size();
    }

    /** Looks at every incident whose time has come. One that fails is reported and keeps no other from its turn. */
    public void tick() {
        if (late.anyKept()) {
            later("noting what took effect too late", late::noteKept);
        }
        Instant now = host.clock().instant();
        Set<ServiceId> services = new LinkedHashSet<>();
        ports.store().due(now, ALL).forEach(incident -> services.add(incident.service()));
        // In the store these are still being acted on, and not due before the lease ends.
        services.addAll(unsaved.services());
        for (ServiceId service : services) {
            boolean early = notBefore.getOrDefault(service, now).isAfter(now);
            if (!early && visiting.add(service)) {
                later("deciding on " + service, () -> {
                    try {
                        visit(service);
                    } finally {
                        visiting.remove(service);
                    }
                });
            }
        }
    }

    /**
     * What this process knows of the incident beyond what is stored: the fleet took the action, which is saved with the next
     * write. To be shown, not to be decided by.
     */
    public Optional<Step> unsaved(Incident stored) {
        return unsaved.on(stored).map(UnsavedOutcomes.Mounted::step);
    }

    /**
     * Before this process ends: saves what only it knows. Of what fails an outcome is found again by the lease; what took effect
     * too late is told, for a person to undo.
     */
    public void saveUnsaved() {
        try {
            late.noteKept();
        } catch (RuntimeException e) {
            notifier.trouble("noting what took effect too late", e);
        }
        if (late.anyKept()) {
            notifier.trouble(
                    "noting what took effect too late",
                    new IllegalStateException(
                            "it could not be noted, and this process ends: look whether it is undone"));
        }
        for (ServiceId service : unsaved.services()) {
            try {
                locks.with(service, () -> {
                    turn.saveUnsaved(service);
                    return service;
                });
            } catch (RuntimeException e) {
                notifier.trouble("saving how the action on " + service + " ended", e);
            }
        }
    }

    /**
     * Services that were looked at and have nothing to be done for until the given time, which may be later than the store
     * has it: that nothing has changed is not written down.
     */
    public Map<ServiceId, Instant> putOff() {
        return Map.copyOf(notBefore);
    }

    private void visit(ServiceId service) {
        takeTurn(new Turn.Call(service, List.of(), false, true), TimeBudget.unlimited(host.clock()));
    }

    private Turn.Result takeTurn(Turn.Call call, TimeBudget budget) {
        ServiceId service = call.service();
        Turn.Result result = locks.with(service, () -> {
            Turn.Result taken = turn.take(call, budget);
            notBefore.remove(service);
            if (taken instanceof Turn.Result.Done(Optional<Instant> until)) {
                until.ifPresent(at -> notBefore.put(service, at));
            }
            return taken;
        });
        switch (result) {
            case Turn.Result.Claimed(Incident incident, IncidentState.Acting acting) ->
                later("carrying out " + acting.action(), () -> carryOut(incident, acting));
            case Turn.Result.Undecided() -> later("deciding on " + service, () -> visit(service));
            case Turn.Result.Done _, Turn.Result.Contended _ -> {}
        }
        return result;
    }

    private void carryOut(Incident claimed, IncidentState.Acting acting) {
        Optional<Incident> ended = runner.carryOut(claimed, acting);
        // A turn that saw the action in flight put the service off until the lease ends.
        locks.with(claimed.service(), () -> Optional.ofNullable(notBefore.remove(claimed.service())));
        // What was refused or failed is decided on again at once.
        ended.filter(incident -> incident.state() instanceof IncidentState.Open)
                .ifPresent(incident -> visit(incident.service()));
    }

    /** What fails here is taken up again by a tick: an incident that is not over is always due some time. */
    private void later(String doing, Runnable work) {
        try {
            host.executor().execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    notifier.trouble(doing, e);
                }
            });
        } catch (RuntimeException e) {
            notifier.trouble(doing, e);
        }
    }
}
