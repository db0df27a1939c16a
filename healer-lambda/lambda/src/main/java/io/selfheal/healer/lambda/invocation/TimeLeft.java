package io.selfheal.healer.lambda.invocation;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How much of the function's time is left, and whether that is enough to begin something. */
public final class TimeLeft {
    /** Reading facts and evidence, a claim, an action and its outcome, each of them late but within its bound. */
    private static final long ENOUGH_MILLIS = 20_000;

    /** For the answer itself, and the notices that are still to go out. */
    private static final long ANSWER_MILLIS = 1_000;

    private final LongSupplier millis;
    private final long enough;

    /** Counts from now. A function whose time is short begins things in its first half. */
    public TimeLeft(LongSupplier millis) {
        this.millis = millis;
        this.enough = Math.min(ENOUGH_MILLIS, millis.getAsLong() / 2);
    }

    public boolean enough() {
        return millis.getAsLong() >= enough;
    }

    /** How long may be waited for what healing does not depend on. */
    Duration spare() {
        return Duration.ofMillis(Math.max(0, millis.getAsLong() - ANSWER_MILLIS));
    }
}
