package io.selfheal.healer.server.stage;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, looking often; the limit only ends a test that would hang. */
public final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private Await() {}

    public static void until(Supplier<String> what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen within " + LIMIT + ": " + what.get());
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    public static void until(String what, BooleanSupplier condition) {
        until(() -> what, condition);
    }
}
