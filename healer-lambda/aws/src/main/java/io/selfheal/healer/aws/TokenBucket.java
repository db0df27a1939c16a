package io.selfheal.healer.aws;

import java.time.Duration;

/** So many calls at once, and so many a second after that. Whoever comes too early is told how long to wait. Thread-safe. */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double burst;
    private final double perSecond;
    private double tokens;
    private long at;

    TokenBucket(double burst, double perSecond, long nanos) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.tokens = burst;
        this.at = nanos;
    }

    /** Takes one, now or in advance, and tells when it is there. */
    synchronized Duration take(long nanos) {
        if (nanos > at) {
            tokens = Math.min(burst, tokens + (nanos - at) / NANOS * perSecond);
            at = nanos;
        }
        tokens--;
        return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(-tokens / perSecond * NANOS));
    }
}
