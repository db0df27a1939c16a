package io.selfheal.architecture.bites.wallclock.healer.decide;

import java.time.Instant;

final class ReadsTheClock {
    private ReadsTheClock() {}

    static Instant decide() {
        return Instant.now();
    }
}
