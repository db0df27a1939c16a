package io.selfheal.embedded.engine;

import io.selfheal.embedded.state.Health;
import io.selfheal.embedded.state.HealthCheck;
import java.time.Duration;

/** Docker's rule from probe results to health: failures in the start period do not count until one probe has succeeded. */
final class HealthTracker {
    /** Docker's start interval is 5 s; a development tool may look more often. */
    private static final Duration START_INTERVAL = Duration.ofSeconds(1);

    private final HealthCheck check;
    private Health health = Health.UNKNOWN;
    private int failures;
    private boolean succeeded;

    HealthTracker(HealthCheck check) {
        this.check = check;
    }

    /** The pause before the next probe of a container that started this long ago. */
    Duration pause(Duration sinceStart) {
        boolean starting = !succeeded && sinceStart.compareTo(check.startPeriod()) < 0;
        return starting && START_INTERVAL.compareTo(check.interval()) < 0 ? START_INTERVAL : check.interval();
    }

    Health next(boolean success, Duration sinceStart) {
        if (success) {
            succeeded = true;
            failures = 0;
            health = Health.HEALTHY;
        } else if (succeeded || sinceStart.compareTo(check.startPeriod()) >= 0) {
            failures++;
            health = failures >= check.retries() ? Health.UNHEALTHY : health;
        }
        return health;
    }
}
