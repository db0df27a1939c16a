package io.selfheal.healer.signal;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import java.time.Instant;
import java.util.Optional;

/** What arrived at the healer, parsed. */
public sealed interface Signal {

    SignalSource source();

    ServiceId service();

    record Firing(Alert alert) implements Signal {
        @Override
        public SignalSource source() {
            return alert.source();
        }

        @Override
        public ServiceId service() {
            return alert.service();
        }
    }

    /** The sender no longer sees the alert. Never a reason to act, and no proof of health: monitoring may have died. */
    record Resolved(Alert alert, Instant endsAt) implements Signal {
        @Override
        public SignalSource source() {
            return alert.source();
        }

        @Override
        public ServiceId service() {
            return alert.service();
        }
    }

    /**
     * The fleet says that something changed, for example that a task stopped: a reason to look, not a diagnosis.
     *
     * @param kind the fleet's word, for example {@code TASK_STOPPED} or {@code SERVICE_DEPLOYMENT_FAILED}
     */
    record FleetEvent(
            SignalSource source,
            ServiceId service,
            Optional<TaskId> task,
            String kind,
            String detail,
            String dedupKey,
            Instant at)
            implements Signal {}
}
