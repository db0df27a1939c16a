package io.selfheal.healer.simulation;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskStatus;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bugs of reading: what is told is not what is. */
final class FactMutants {

    private FactMutants() {}

    static void into(Bugs bugs) {
        bugs.probing("tasks are believed well", _ -> new Fact.Known<>(new TaskHealth.Healthy(), Instant.EPOCH));
        bugs.probing(
                "tasks that cannot be asked are believed well",
                fact -> fact instanceof Fact.Unknown<TaskHealth>
                        ? new Fact.Known<>(new TaskHealth.Healthy(), Instant.EPOCH)
                        : fact);
        bugs.describing(
                "what runs is what is wanted",
                fact -> fact.map(state ->
                        new ServiceState(state.id(), (int) state.running(), state.tasks(), state.deployment())));
        bugs.fleet("a fleet that cannot be read is as it was", fleet -> new OddFleet(fleet) {
            private final Map<ServiceId, Fact<ServiceState>> last = new HashMap<>();

            @Override
            public Fact<ServiceState> describe(ServiceId service) {
                Fact<ServiceState> fact = super.describe(service);
                if (fact instanceof Fact.Known<ServiceState>) {
                    last.put(service, fact);
                }
                return last.getOrDefault(service, fact);
            }
        });
        bugs.fleet("the fleet is asked now and then", fleet -> new OddFleet(fleet) {
            private final Map<ServiceId, Fact<ServiceState>> last = new HashMap<>();
            private int calls;

            @Override
            public Fact<ServiceState> describe(ServiceId service) {
                if (++calls % 7 == 0 || !last.containsKey(service)) {
                    last.put(service, super.describe(service));
                }
                return last.get(service).map(state -> state);
            }
        });
        bugs.store("storms are not seen", store -> new OddStore(store) {
            @Override
            public List<Opening> openings(Instant since, int limit) {
                super.openings(since, limit);
                return List.of();
            }
        });
        bugs.store("the ledger is always empty", store -> new OddStore(store) {
            @Override
            public Ledger ledger(Instant since) {
                return new Ledger(super.ledger(since).version(), List.of());
            }
        });
        bugs.store("the ledger lacks the last claim", store -> new OddStore(store) {
            @Override
            public Ledger ledger(Instant since) {
                Ledger ledger = super.ledger(since);
                int size = ledger.actions().size();
                return new Ledger(ledger.version(), ledger.actions().subList(0, Math.max(0, size - 1)));
            }
        });
        bugs.store("a callee's incident is taken for over", store -> new OddStore(store) {
            @Override
            public List<Opening> openings(Instant since, int limit) {
                return super.openings(since, limit).stream()
                        .map(one -> new Opening(one.service(), one.at(), Optional.of(one.at())))
                        .toList();
            }
        });
        bugs.describing(
                "tasks that start are taken for running",
                fact -> fact.map(state -> new ServiceState(
                        state.id(),
                        state.desired(),
                        state.tasks().stream().map(FactMutants::running).toList(),
                        state.deployment())));
    }

    private static Task running(Task task) {
        return task.status() == TaskStatus.STARTING
                ? new Task(
                        task.id(),
                        task.revision(),
                        TaskStatus.RUNNING,
                        task.health(),
                        task.address(),
                        Optional.of(Instant.EPOCH))
                : task;
    }
}
