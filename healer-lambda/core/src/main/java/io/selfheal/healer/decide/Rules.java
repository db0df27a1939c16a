package io.selfheal.healer.decide;

import java.time.Duration;

/**
 * What holds for every policy.
 *
 * @param startupGrace how long a task that was never ready may take to start before it counts as sick
 * @param patience how long the healer stands by an incident that it cannot do anything about before it calls a human
 * @param recheck how long after a look at things that are on their way the next one follows
 * @param standby the same for things that the healer does nothing about
 */
public record Rules(Duration startupGrace, Duration patience, Duration recheck, Duration standby) {

    public static final Rules DEFAULT =
            new Rules(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMillis(500), Duration.ofSeconds(5));

    public Rules {
        if (startupGrace.isNegative() || !patience.isPositive() || !recheck.isPositive() || !standby.isPositive()) {
            throw new IllegalArgumentException(
                    "rules: expected startupGrace >= 0, patience, recheck and standby > 0, were " + startupGrace + ", "
                            + patience + ", " + recheck + " and " + standby);
        }
    }
}
