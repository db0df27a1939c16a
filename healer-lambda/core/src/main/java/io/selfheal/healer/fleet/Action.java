package io.selfheal.healer.fleet;

import java.time.Duration;

/** What can be done to a service. Everything temporary carries the time after which it is undone. */
public sealed interface Action {

    ServiceId service();

    /** The word used in policies, metrics, logs and the HTTP API. */
    ActionKind kind();

    /** Stops one task; the fleet's scheduler replaces it. A repeat is harmless: the ARN names one task for ever. */
    record RestartTask(ServiceId service, TaskId task) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.RESTART_TASK;
        }
    }

    /** Rolls all tasks of the running revision. Not a rollback: it deploys the same revision again. */
    record Redeploy(ServiceId service) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.REDEPLOY;
        }
    }

    /** Raises the desired count; {@link ScaleBack} undoes it after {@code returnAfter}. */
    record ScaleOut(ServiceId service, int from, int to, Duration returnAfter) implements Action {
        public ScaleOut {
            if (from < 1 || to <= from) {
                throw new IllegalArgumentException("scale-out: expected 1 <= from < to, was " + from + " to " + to);
            }
        }

        @Override
        public ActionKind kind() {
            return ActionKind.SCALE_OUT;
        }
    }

    /** Returns the desired count to {@code to}, only while it still is {@code from}: a human's change since then stands. */
    record ScaleBack(ServiceId service, int from, int to) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.SCALE_BACK;
        }
    }
}
