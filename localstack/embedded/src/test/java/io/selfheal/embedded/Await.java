package io.selfheal.embedded;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for conditions; the limit only ends a test that would hang. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Await() {}

    /** The first value that is as wanted. */
    public static <T> T until(String what, Supplier<T> value, Predicate<T> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T last = value.get();
        while (!wanted.test(last)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for: " + what + "; last seen: " + last);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted waiting for: " + what, e);
            }
            last = value.get();
        }
        return last;
    }

    public static void until(String what, Supplier<Boolean> condition) {
        until(what, condition, Boolean::booleanValue);
    }
}
