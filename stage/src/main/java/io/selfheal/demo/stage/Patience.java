package io.selfheal.demo.stage;

import io.selfheal.demo.http.Http;
import io.selfheal.demo.process.Child;
import io.selfheal.demo.process.ChildFailed;
import io.selfheal.demo.process.Children;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something to become true, and stops waiting when a child dies. */
final class Patience {

    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration ONE_TRY = Duration.ofSeconds(1);

    private final Children children;
    private final Duration limit;

    Patience(Children children, Duration limit) {
        this.children = children;
        this.limit = limit;
    }

    /** Until the child answers 2xx there. */
    void untilHealthy(Child child, URI uri) {
        if (!until(() -> Http.get(uri, ONE_TRY).ok())) {
            throw child.failure("did not become healthy within " + limit.toSeconds() + " s (" + uri + ")");
        }
    }

    /** Until true, at most as long as the limit; whether it became true. Throws when a child dies meanwhile. */
    boolean until(BooleanSupplier condition) throws ChildFailed {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            children.check();
            if (Thread.interrupted()) {
                throw new StageFailed("Interrupted while waiting.");
            }
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        return true;
    }
}
