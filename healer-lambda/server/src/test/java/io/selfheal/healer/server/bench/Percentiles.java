package io.selfheal.healer.server.bench;

import java.time.Duration;
import java.util.List;

/** Of times in ascending order: the smallest that so large a share of them does not exceed. */
final class Percentiles {

    private Percentiles() {}

    static Duration of(List<Duration> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.max(0, Math.ceil(share * sorted.size()) - 1)));
    }
}
