package io.selfheal.shop.kit.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition; the limit is only there to end a test that has failed. */
public final class Await {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Await() {}

    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + LIMIT + ": " + what);
            }
            try {
                Thread.sleep(Duration.ofMillis(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting for: " + what, e);
            }
        }
    }
}
