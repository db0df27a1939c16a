package io.selfheal.healer.watch;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A service and the health of its tasks as seen at one moment.
 *
 * @param seenReady tasks that were seen ready now or before
 * @param wellSince since when it was well at every look; empty when it is not
 */
public record Snapshot(
        ServiceState state,
        Map<TaskId, Fact<TaskHealth>> health,
        Instant readAt,
        Set<TaskId> seenReady,
        Optional<Instant> wellSince) {

    public Snapshot {
        health = Map.copyOf(health);
        seenReady = Set.copyOf(seenReady);
    }

    static boolean well(ServiceState state, Map<TaskId, Fact<TaskHealth>> health) {
        return state.steady()
                && state.tasks().stream().filter(Task::running).allMatch(task -> healthy(health.get(task.id())));
    }

    static boolean healthy(@org.jspecify.annotations.Nullable Fact<TaskHealth> fact) {
        return fact instanceof Fact.Known<TaskHealth>(TaskHealth seen, Instant _) && seen.healthy();
    }
}
