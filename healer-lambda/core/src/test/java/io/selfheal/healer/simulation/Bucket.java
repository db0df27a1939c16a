package io.selfheal.healer.simulation;

/** A token bucket as ECS's API has them: so many calls at once, refilled at a steady rate. */
final class Bucket {
    private final double burst;
    private final double perSecond;
    private double tokens;
    private long at;

    Bucket(double burst, double perSecond) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.tokens = burst;
    }

    /** Whether the call is let through at this time, in milliseconds. */
    boolean take(long now) {
        tokens = Math.min(burst, tokens + (now - at) * perSecond / 1000);
        at = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
