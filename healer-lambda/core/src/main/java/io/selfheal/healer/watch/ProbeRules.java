package io.selfheal.healer.watch;

import io.selfheal.healer.fleet.Task;
import java.time.Duration;
import java.time.Instant;

/**
 * When a probed task counts as sick.
 *
 * @param misses so many probes in a row that were not answered well
 * @param startupGrace a task that was never ready is not judged before it has run for this long
 * @param warmUp a task that has run for less than this is slow by nature, and more so where processors are scarce: it takes
 *     three times the misses
 */
public record ProbeRules(int misses, Duration startupGrace, Duration warmUp) {

    public static final ProbeRules DEFAULT = new ProbeRules(2, Duration.ofSeconds(30), Duration.ofSeconds(30));

    private static final int PATIENCE_WITH_NEWBORNS = 3;

    public ProbeRules {
        if (misses < 1 || startupGrace.isNegative() || warmUp.isNegative()) {
            throw new IllegalArgumentException("probe rules: expected misses >= 1, startupGrace and warmUp >= 0, were "
                    + misses + ", " + startupGrace + " and " + warmUp);
        }
    }

    /** So many misses in a row make this task sick. */
    int missesOf(Task task, Instant now) {
        boolean newborn =
                task.startedAt().filter(at -> at.plus(warmUp).isAfter(now)).isPresent();
        return newborn ? PATIENCE_WITH_NEWBORNS * misses : misses;
    }
}
