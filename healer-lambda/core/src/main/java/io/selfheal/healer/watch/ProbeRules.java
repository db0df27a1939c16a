package io.selfheal.healer.watch;

import java.time.Duration;

/**
 * When a probed task counts as sick.
 *
 * @param misses so many probes in a row that were not answered well
 * @param startupGrace a task that was never ready is not judged before it has run for this long
 */
public record ProbeRules(int misses, Duration startupGrace) {

    public static final ProbeRules DEFAULT = new ProbeRules(2, Duration.ofSeconds(30));

    public ProbeRules {
        if (misses < 1 || startupGrace.isNegative()) {
            throw new IllegalArgumentException(
                    "probe rules: expected misses >= 1 and startupGrace >= 0, were " + misses + " and " + startupGrace);
        }
    }
}
