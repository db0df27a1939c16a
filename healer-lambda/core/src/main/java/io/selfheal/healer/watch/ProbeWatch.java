package io.selfheal.healer.watch;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.signal.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The healer's own probe as a source of signals: finds dead and unready tasks without any monitoring. Reports a sick task
 * again at each poll, since whoever receives it folds repeats: so nothing is lost with a restart or a store that is away.
 */
public final class ProbeWatch {
    private final Fleet fleet;
    private final HealthProbe probe;
    private final FleetView view;
    private final Consumer<List<Signal>> signals;
    private final InstantSource clock;
    private final Executor executor;
    private final Hysteresis hysteresis;
    private final ReentrantLock polling = new ReentrantLock();

    /**
     * Looks when it is told to.
     *
     * @param signals takes what was found, for example the remediator's accept
     * @param executor on which services are looked at side by side
     */
    public ProbeWatch(
            Fleet fleet,
            HealthProbe probe,
            FleetView view,
            Consumer<List<Signal>> signals,
            InstantSource clock,
            Executor executor,
            ProbeRules rules) {
        this.fleet = fleet;
        this.probe = probe;
        this.view = view;
        this.signals = signals;
        this.clock = clock;
        this.executor = executor;
        this.hysteresis = new Hysteresis(rules);
    }

    /** Looks at all services once. A poll that comes while another one runs does nothing. */
    public void poll() {
        if (!polling.tryLock()) {
            return;
        }
        try {
            if (fleet.services() instanceof Fact.Known<List<ServiceId>>(List<ServiceId> services, Instant _)) {
                report(lookAt(services));
            }
        } finally {
            polling.unlock();
        }
    }

    private record Look(
            ServiceId service, Fact<ServiceState> state, Map<TaskId, Fact<TaskHealth>> health, Instant at) {}

    private List<Signal> lookAt(List<ServiceId> services) {
        view.keepOnly(new HashSet<>(services));
        List<CompletableFuture<Look>> looks = services.stream()
                .map(service -> CompletableFuture.supplyAsync(() -> look(service), executor))
                .toList();
        List<Signal> found = new ArrayList<>();
        for (CompletableFuture<Look> look : looks) {
            found.addAll(judge(joined(look)));
        }
        return found;
    }

    private static Look joined(CompletableFuture<Look> look) {
        try {
            return look.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private Look look(ServiceId service) {
        Instant at = clock.instant();
        Fact<ServiceState> state = fleet.describe(service);
        Map<TaskId, Fact<TaskHealth>> health = state instanceof Fact.Known<ServiceState>(ServiceState known, Instant _)
                ? probe.probe(known.tasks().stream().filter(Task::running).toList())
                : Map.of();
        return new Look(service, state, health, at);
    }

    private List<Signal> judge(Look look) {
        return switch (look.state()) {
            case Fact.Unknown<ServiceState> _ -> List.of();
            case Fact.Known<ServiceState>(ServiceState state, Instant _) -> {
                Snapshot seen = view.saw(state, look.health(), look.at());
                yield hysteresis.judge(state, look.health(), seen.seenReady(), look.at());
            }
        };
    }

    private void report(List<Signal> found) {
        if (!found.isEmpty()) {
            signals.accept(found);
        }
    }
}
