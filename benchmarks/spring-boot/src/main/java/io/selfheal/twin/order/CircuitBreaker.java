package io.selfheal.twin.order;

/** Ours, as it is. */
final class CircuitBreaker {

    private static final int FAILURES_TO_OPEN = 5;
    private static final long OPEN_NANOS = 2_000_000_000L;

    private int failures;
    private long closedAgainAt;
    private boolean open;
    private boolean trying;

    synchronized boolean permits() {
        if (!open) {
            return true;
        }
        if (trying || System.nanoTime() - closedAgainAt < 0) {
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
        if (trying || failures >= FAILURES_TO_OPEN) {
            open = true;
            closedAgainAt = System.nanoTime() + OPEN_NANOS;
        }
        trying = false;
    }
}
