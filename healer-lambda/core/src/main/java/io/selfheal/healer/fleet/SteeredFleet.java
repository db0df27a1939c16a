package io.selfheal.healer.fleet;

import io.selfheal.healer.fact.Fact;
import java.time.Instant;
import java.util.List;

/**
 * A fleet whose tasks can be told to work in another mode. What an orchestrator can do is left to it; what only a task itself
 * can do, each of the service's tasks is told.
 */
public final class SteeredFleet implements Fleet {
    private final Fleet fleet;
    private final TaskControl control;

    public SteeredFleet(Fleet fleet, TaskControl control) {
        this.fleet = fleet;
        this.control = control;
    }

    @Override
    public Fact<List<ServiceId>> services() {
        return fleet.services();
    }

    @Override
    public Fact<ServiceState> describe(ServiceId service) {
        return fleet.describe(service);
    }

    @Override
    public Fact<ServiceState> describeToAct(ServiceId service) {
        return fleet.describeToAct(service);
    }

    @Override
    public Instant earliest(Action action, Instant now) {
        return fleet.earliest(action, now);
    }

    @Override
    public Outcome apply(Action action, String key) {
        return switch (action) {
            case Action.Degrade degrade ->
                tell(
                        degrade.service(),
                        new TaskControl.Order.Degrade(degrade.callee().service(), degrade.lasting()),
                        key);
            case Action.Shed shed ->
                tell(shed.service(), new TaskControl.Order.Shed(shed.admitPercent(), shed.lasting()), key);
            case Action.Restore restore -> tell(restore.service(), new TaskControl.Order.End(restore.mode()), key);
            case Action.RestartTask _,
                    Action.SurgeRestart _,
                    Action.ShiftTraffic _,
                    Action.Retire _,
                    Action.Redeploy _,
                    Action.RollBack _,
                    Action.ScaleOut _,
                    Action.ScaleBack _ -> fleet.apply(action, key);
        };
    }

    private Outcome tell(ServiceId service, TaskControl.Order order, String key) {
        return switch (fleet.describe(service)) {
            case Fact.Unknown<ServiceState>(String why) -> new Outcome.Failed(why);
            case Fact.Known<ServiceState>(ServiceState state, var _) -> {
                List<Task> running =
                        state.tasks().stream().filter(Task::running).toList();
                yield running.isEmpty()
                        ? new Outcome.Refused("no task of " + service + " runs")
                        : control.tell(running, order, "selfheal " + key);
            }
        };
    }
}
