package io.selfheal.healer.fleet;

import java.time.Duration;
import java.util.Optional;

/** What can be done to a service. Everything temporary carries the time after which it is undone. */
public sealed interface Action {

    ServiceId service();

    /** The word used in policies, metrics, logs and the HTTP API. */
    ActionKind kind();

    /** The one task that it is about; empty when it is about the service. */
    default Optional<TaskId> victim() {
        return Optional.empty();
    }

    /** What takes a temporary action back, and when; empty when it is not temporary. */
    default Optional<Undo> undo() {
        return Optional.empty();
    }

    /** Whether it only takes back what another action did, which no budget and no cooldown is about. */
    default boolean reverts() {
        return false;
    }

    /** What takes an action back, and so long after it. */
    record Undo(Action action, Duration after) {}

    /** Stops one task; the fleet's scheduler replaces it. A repeat is harmless: the ARN names one task for ever. */
    record RestartTask(ServiceId service, TaskId task) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.RESTART_TASK;
        }

        @Override
        public Optional<TaskId> victim() {
            return Optional.of(task);
        }
    }

    /**
     * Replaces one task without a moment of fewer tasks: raises the desired count, and once the replacement is healthy
     * {@link Retire} gives the task up, at the latest after {@code within}.
     */
    record SurgeRestart(ServiceId service, TaskId task, int from, int to, Duration within) implements Action {
        public SurgeRestart {
            requireGrowth("surge restart", from, to);
        }

        @Override
        public ActionKind kind() {
            return ActionKind.SURGE_RESTART;
        }

        @Override
        public Optional<TaskId> victim() {
            return Optional.of(task);
        }

        @Override
        public Optional<Undo> undo() {
            return Optional.of(new Undo(new Retire(service, task, to, from, false), within));
        }
    }

    /**
     * Takes one task out of the load balancer, keeps it for {@code keepFor} for whoever wants to look into it, and has the
     * fleet start another one in its place.
     */
    record ShiftTraffic(ServiceId service, TaskId task, int from, int to, Duration keepFor) implements Action {
        public ShiftTraffic {
            requireGrowth("shift traffic", from, to);
        }

        @Override
        public ActionKind kind() {
            return ActionKind.SHIFT_TRAFFIC;
        }

        @Override
        public Optional<TaskId> victim() {
            return Optional.of(task);
        }

        @Override
        public Optional<Undo> undo() {
            return Optional.of(new Undo(new Retire(service, task, to, from, true), keepFor));
        }
    }

    /**
     * Gives one task up and returns the desired count to {@code to}, only while it still is {@code from}: a human's change
     * since then stands, and then the task goes on serving.
     *
     * @param aside whether the task was taken out of the load balancer before
     */
    record Retire(ServiceId service, TaskId task, int from, int to, boolean aside) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.RETIRE;
        }

        @Override
        public Optional<TaskId> victim() {
            return Optional.of(task);
        }

        @Override
        public boolean reverts() {
            return true;
        }
    }

    /** Rolls all tasks of the running revision. Not a rollback: it deploys the same revision again. */
    record Redeploy(ServiceId service) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.REDEPLOY;
        }
    }

    /** Returns to a revision that is known to have worked; stops a deployment of the bad one that is still in progress. */
    record RollBack(ServiceId service, String bad, String good) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.ROLL_BACK;
        }
    }

    /** Raises the desired count; {@link ScaleBack} undoes it after {@code returnAfter}. */
    record ScaleOut(ServiceId service, int from, int to, Duration returnAfter) implements Action {
        public ScaleOut {
            requireGrowth("scale-out", from, to);
        }

        @Override
        public ActionKind kind() {
            return ActionKind.SCALE_OUT;
        }

        @Override
        public Optional<Undo> undo() {
            return Optional.of(new Undo(new ScaleBack(service, to, from), returnAfter));
        }
    }

    /** Returns the desired count to {@code to}, only while it still is {@code from}: a human's change since then stands. */
    record ScaleBack(ServiceId service, int from, int to) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.SCALE_BACK;
        }

        @Override
        public boolean reverts() {
            return true;
        }
    }

    /** Switches the service to its fallback for one callee. Its tasks return by themselves after {@code lasting}. */
    record Degrade(ServiceId service, ServiceId callee, Duration lasting) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.DEGRADE;
        }

        @Override
        public Optional<Undo> undo() {
            return Optional.of(new Undo(new Restore(service, Mode.DEGRADED), lasting));
        }
    }

    /**
     * Lets only a share of the requests in, so that what is overloaded can catch up. Its tasks return by themselves after
     * {@code lasting}.
     *
     * @param admitPercent 1 to 99
     */
    record Shed(ServiceId service, int admitPercent, Duration lasting) implements Action {
        public Shed {
            if (admitPercent < 1 || admitPercent > 99) {
                throw new IllegalArgumentException("admitPercent: expected 1 to 99, was " + admitPercent);
            }
        }

        @Override
        public ActionKind kind() {
            return ActionKind.SHED;
        }

        @Override
        public Optional<Undo> undo() {
            return Optional.of(new Undo(new Restore(service, Mode.SHEDDING), lasting));
        }
    }

    /** Ends a mode that the tasks of a service were put into. */
    record Restore(ServiceId service, Mode mode) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.RESTORE;
        }

        @Override
        public boolean reverts() {
            return true;
        }
    }

    private static void requireGrowth(String action, int from, int to) {
        if (from < 1 || to <= from) {
            throw new IllegalArgumentException(action + ": expected 1 <= from < to, was " + from + " to " + to);
        }
    }
}
