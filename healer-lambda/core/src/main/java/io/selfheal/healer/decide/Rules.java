package io.selfheal.healer.decide;

import java.time.Duration;

/**
 * What holds for every policy.
 *
 * @param startupGrace how long a task that was never ready may take to start before it counts as sick
 * @param patience how long the healer stands by an incident that it cannot do anything about before it calls a human
 * @param recheck how long after a look at things that are on their way the next one follows
 * @param standby the same for things that the healer does nothing about
 * @param together how long after the end of an alert on one task an alert on another still speaks of the same trouble:
 *     as long as the widest window of a rule on tasks, since alerts of one cause end that far apart at most
 */
public record Rules(Duration startupGrace, Duration patience, Duration recheck, Duration standby, Duration together) {

    public static final Rules DEFAULT = new Rules(
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20));

    public Rules {
        if (startupGrace.isNegative()
                || !patience.isPositive()
                || !recheck.isPositive()
                || !standby.isPositive()
                || together.isNegative()) {
            throw new IllegalArgumentException(
                    "rules: expected startupGrace and together >= 0, patience, recheck and standby > 0, were "
                            + startupGrace + ", " + together + ", " + patience + ", " + recheck + " and " + standby);
        }
    }
}
