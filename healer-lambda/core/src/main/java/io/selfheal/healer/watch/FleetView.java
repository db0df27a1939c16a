package io.selfheal.healer.watch;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What this process saw of the fleet last, whoever looked: for gauges, for decisions that cannot wait, and to know since
 * when a service has been well. Only memory; a restart begins anew. Thread-safe.
 */
public final class FleetView {
    private final Map<ServiceId, Snapshot> latest = new ConcurrentHashMap<>();
    private final Duration maxGap;

    /**
     * Sees nothing yet.
     *
     * @param maxGap two looks further apart than this say nothing about the time between them
     */
    public FleetView(Duration maxGap) {
        this.maxGap = maxGap;
    }

    public Optional<Snapshot> latest(ServiceId service) {
        return Optional.ofNullable(latest.get(service));
    }

    public List<Snapshot> all() {
        return List.copyOf(latest.values());
    }

    /** Keeps the look if it is newer than the one there, and returns what is now known. */
    public Snapshot saw(ServiceState state, Map<TaskId, Fact<TaskHealth>> health, Instant readAt) {
        return latest.merge(
                state.id(),
                next(Optional.empty(), state, health, readAt),
                (before, _) ->
                        before.readAt().isAfter(readAt) ? before : next(Optional.of(before), state, health, readAt));
    }

    /** Forgets what is no longer in the fleet. */
    public void keepOnly(Set<ServiceId> services) {
        latest.keySet().retainAll(services);
    }

    /** When the last of it was seen: a look that took long says nothing about the time that it took. */
    private static Instant seenAt(Map<TaskId, Fact<TaskHealth>> health, Instant readAt) {
        Instant latest = readAt;
        for (Fact<TaskHealth> fact : health.values()) {
            if (fact instanceof Fact.Known<TaskHealth>(TaskHealth _, Instant at) && at.isAfter(latest)) {
                latest = at;
            }
        }
        return latest;
    }

    private static Set<TaskId> ran(ServiceState state) {
        return state.tasks().stream().filter(Task::running).map(Task::id).collect(Collectors.toSet());
    }

    private Snapshot next(
            Optional<Snapshot> before, ServiceState state, Map<TaskId, Fact<TaskHealth>> health, Instant readAt) {
        Set<TaskId> present = state.tasks().stream().map(Task::id).collect(Collectors.toSet());
        Set<TaskId> seenReady = new HashSet<>();
        before.ifPresent(known -> seenReady.addAll(known.seenReady()));
        present.stream().filter(task -> Snapshot.healthy(health.get(task))).forEach(seenReady::add);
        seenReady.retainAll(present);
        // A task that has come since then was missing or starting in between, whoever looked at that time.
        Optional<Instant> wellSince = Snapshot.well(state, health)
                ? before.filter(known -> !known.readAt().plus(maxGap).isBefore(readAt))
                        .filter(known -> ran(known.state()).containsAll(ran(state)))
                        .flatMap(Snapshot::wellSince)
                        .or(() -> Optional.of(seenAt(health, readAt)))
                : Optional.empty();
        return new Snapshot(state, health, readAt, seenReady, wellSince);
    }
}
