package io.selfheal.shop.kit.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Stops calling a service that fails, and lets one call at a time try whether it is back. Thread-safe. */
final class CircuitBreaker {

    private final int failuresToOpen;
    private final long openForNanos;
    private final LongSupplier nanoTime;
    private int failures;
    private long closedAgainAt;
    private boolean open;
    private boolean trying;

    CircuitBreaker(int failuresToOpen, Duration openFor, LongSupplier nanoTime) {
        this.failuresToOpen = failuresToOpen;
        this.openForNanos = openFor.toNanos();
        this.nanoTime = nanoTime;
    }

    /** True when a call may be made now; each true must be followed by {@link #succeeded} or {@link #failed}. */
    synchronized boolean permits() {
        if (!open) {
            return true;
        }
        if (trying || nanoTime.getAsLong() - closedAgainAt < 0) {
            return false;
        }
        trying = true;
        return true;
    }

    synchronized void succeeded() {
        failures = 0;
        open = false;
        trying = false;
    }

    synchronized void failed() {
        failures++;
        if (trying || failures >= failuresToOpen) {
            open = true;
            closedAgainAt = nanoTime.getAsLong() + openForNanos;
        }
        trying = false;
    }

    synchronized boolean isOpen() {
        return open;
    }
}
