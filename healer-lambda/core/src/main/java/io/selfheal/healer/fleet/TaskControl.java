package io.selfheal.healer.fleet;

import java.time.Duration;
import java.util.Collection;

/**
 * Port: tells tasks themselves to work in another mode for a time. All tasks at once, bounded in time, never throws.
 * Thread-safe.
 */
public interface TaskControl {

    /** What a task is told. */
    sealed interface Order {
        Mode mode();

        /** To do without the callee; it returns by itself after the time. */
        record Degrade(String callee, Duration lasting) implements Order {
            @Override
            public Mode mode() {
                return Mode.DEGRADED;
            }
        }

        /** To let only so many of its requests in; it returns by itself after the time. */
        record Shed(int admitPercent, Duration lasting) implements Order {
            @Override
            public Mode mode() {
                return Mode.SHEDDING;
            }
        }

        /** To work normally again. */
        record End(Mode mode) implements Order {}
    }

    /**
     * Accepted when every one of the tasks took the order; Refused when they do not know such orders; Failed when it is not
     * known of all of them. A repeat does no more than the first, but that the time begins anew.
     */
    Outcome tell(Collection<Task> tasks, Order order, String reason);
}
