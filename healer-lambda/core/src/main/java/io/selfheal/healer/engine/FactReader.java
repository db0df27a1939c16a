package io.selfheal.healer.engine;

import io.selfheal.healer.control.Instructions;
import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.decide.Situation;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.StormBreaker;
import io.selfheal.healer.watch.FleetView;
import io.selfheal.healer.watch.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Gathers the facts of a service for a decision, no older and no later than is allowed. */
final class FactReader {
    private final Ports ports;
    private final FleetView view;
    private final Host host;
    private final Duration freshEnough;
    private final Duration lookback;
    private final StormBreaker storm;
    private final boolean useEvidence;
    private final Map<ServiceId, Gathered> gathered = new ConcurrentHashMap<>();
    private final ServedBadly servedBadly;
    private final Shortly<List<Opening>> openingsOfAll = new Shortly<>();
    private final Shortly<Fact<Ledger>> ledgers = new Shortly<>();
    private final int ofAll;
    private final int ofOne;

    FactReader(Ports ports, FleetView view, Host host, Settings settings, Policies policies) {
        this.ports = ports;
        this.view = view;
        this.host = host;
        this.freshEnough = settings.freshEnough();
        this.servedBadly = new ServedBadly(settings.rules().together());
        this.lookback = policies.lookback();
        this.storm = policies.storm();
        this.useEvidence = policies.useEvidence();
        this.ofAll = policies.storm().enough();
        this.ofOne = policies.flap().enough();
    }

    /** How the service looked lately, or else looks now. Empty: that could not be told within the time. */
    Optional<Situation> lately(ServiceId service, TimeBudget budget) {
        return recent(service)
                .map(Optional::of)
                .orElseGet(() -> within(budget, () -> look(service, ports.fleet()::describe)))
                .map(look -> situation(service, look, true));
    }

    /** How the service looks now: good enough to act on. Empty: that could not be told within the time. */
    Optional<Situation> now(ServiceId service, TimeBudget budget) {
        return within(budget, () -> look(service, ports.fleet()::describeToAct))
                .map(look -> situation(service, look, false));
    }

    private record Gathered(Evidence evidence, Instant at) {}

    /** Whether any policy asks for it. */
    boolean useEvidence() {
        return useEvidence;
    }

    /** The same with what is measured beyond the tasks and their health. Empty: not within the time. */
    Optional<Situation> closer(Situation situation, ServiceId service, TimeBudget budget) {
        return evidence(service, budget)
                .map(evidence -> situation.with(
                        evidence, servedBadly.lately(service, host.clock().instant())));
    }

    /** As it was gathered lately, or else is gathered now. */
    private Optional<Evidence> evidence(ServiceId service, TimeBudget budget) {
        Instant oldest = host.clock().instant().minus(freshEnough);
        return Optional.ofNullable(gathered.get(service))
                .filter(known -> !known.at().isBefore(oldest))
                .map(Gathered::evidence)
                .or(() -> within(budget, () -> gather(service)));
    }

    private Evidence gather(ServiceId service) {
        Instant at = host.clock().instant();
        Evidence evidence = ports.evidence().gather(service);
        gathered.put(service, new Gathered(evidence, at));
        servedBadly.saw(service, evidence, at);
        return evidence;
    }

    /** Those of all services lately, and of this one as many as tell whether it flaps. */
    private Fact<List<Opening>> openings(ServiceId service, boolean toWaitBy) {
        Instant now = host.clock().instant();
        Set<Opening> openings =
                new LinkedHashSet<>(toWaitBy ? openingsOfAll.read(now, () -> openingsOfAll(now)) : openingsOfAll(now));
        openings.addAll(ports.store().openingsOf(service, ofOne));
        return new Fact.Known<>(List.copyOf(openings), now);
    }

    private List<Opening> openingsOfAll(Instant now) {
        return ports.store().openings(now.minus(storm.lookback()), ofAll);
    }

    Fact<Ledger> ledger() {
        Instant now = host.clock().instant();
        return new Fact.Known<>(ports.store().ledger(now.minus(lookback)), now);
    }

    private record Look(
            Fact<ServiceState> state,
            Map<TaskId, Fact<TaskHealth>> health,
            Set<TaskId> seenReady,
            Optional<Instant> wellSince) {

        static Look of(Snapshot seen) {
            return new Look(
                    new Fact.Known<>(seen.state(), seen.readAt()), seen.health(), seen.seenReady(), seen.wellSince());
        }
    }

    private Situation situation(ServiceId service, Look look, boolean toWaitBy) {
        Instant now = host.clock().instant();
        return new Situation(
                look.state(),
                look.health(),
                look.seenReady(),
                look.wellSince(),
                ports.switches().active(now),
                new Instructions(ports.silences().active(now), storm(now)),
                openings(service, toWaitBy),
                // A claim reads it once more for itself, when it is its turn.
                ledgers.read(now, this::ledger));
    }

    /** Not worth a read where storms end by themselves. */
    private Fact<StormLatch> storm(Instant now) {
        return storm.rearm() == StormBreaker.Rearm.HUMAN
                ? ports.storms().latch(now)
                : new Fact.Known<>(StormLatch.NONE, now);
    }

    private Optional<Look> recent(ServiceId service) {
        return view.latest(service)
                .filter(seen -> fresh(seen.readAt()))
                .filter(seen -> seen.health().values().stream().noneMatch(this::stale))
                .map(Look::of);
    }

    private boolean fresh(Instant readAt) {
        return !readAt.isBefore(host.clock().instant().minus(freshEnough));
    }

    private boolean stale(Fact<TaskHealth> fact) {
        return fact instanceof Fact.Known<TaskHealth>(TaskHealth _, Instant readAt) && !fresh(readAt);
    }

    private <T> Optional<T> within(TimeBudget budget, Supplier<T> reading) {
        if (budget.unlimited()) {
            return Optional.of(reading.get());
        }
        long left = budget.left().toMillis();
        if (left <= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    CompletableFuture.supplyAsync(reading, host.executor()).get(left, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("reading the facts of a service", e);
        }
    }

    /** Asks the fleet, and those tasks whose answer is not fresh. */
    private Look look(ServiceId service, Function<ServiceId, Fact<ServiceState>> describe) {
        return switch (describe.apply(service)) {
            case Fact.Unknown<ServiceState> unknown -> new Look(unknown, Map.of(), Set.of(), Optional.empty());
            // It may have waited for others before it was read.
            case Fact.Known<ServiceState> known -> withHealth(known, known.readAt());
        };
    }

    /** Keeps what it sees, also where only the fleet was asked: no later decision may go by an older look. */
    private Look withHealth(Fact.Known<ServiceState> known, Instant at) {
        ServiceState state = known.value();
        Map<TaskId, Fact<TaskHealth>> health = new HashMap<>();
        view.latest(state.id()).ifPresent(seen -> seen.health().forEach((task, fact) -> {
            if (fact instanceof Fact.Known<TaskHealth> && !stale(fact)) {
                health.put(task, fact);
            }
        }));
        List<Task> running = state.tasks().stream().filter(Task::running).toList();
        health.keySet().retainAll(running.stream().map(Task::id).toList());
        List<Task> unseen =
                running.stream().filter(task -> !health.containsKey(task.id())).toList();
        if (!unseen.isEmpty()) {
            health.putAll(ports.probe().probe(unseen));
        }
        return Look.of(view.saw(state, health, at));
    }
}
