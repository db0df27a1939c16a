package io.selfheal.healer.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Time that may be spent on reading facts, all reads together. Reads of ports are bounded by themselves besides. */
final class TimeBudget {
    private final InstantSource clock;
    private final Optional<Instant> end;

    private TimeBudget(InstantSource clock, Optional<Instant> end) {
        this.clock = clock;
        this.end = end;
    }

    static TimeBudget of(Duration time, InstantSource clock) {
        return new TimeBudget(clock, Optional.of(clock.instant().plus(time)));
    }

    static TimeBudget unlimited(InstantSource clock) {
        return new TimeBudget(clock, Optional.empty());
    }

    boolean unlimited() {
        return end.isEmpty();
    }

    Duration left() {
        return end.map(at -> Duration.between(clock.instant(), at)).orElse(Duration.ofDays(1));
    }
}
