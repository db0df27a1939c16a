package io.selfheal.healer.server.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Holds back log lines that a stranger can cause as often as he likes: so many a minute are written, and the first one after
 * says how many were not. The metrics count all of them. Thread-safe.
 */
public final class Flood {
    private static final int MOST = 20;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final InstantSource clock;
    private Instant until = Instant.MIN;
    private int written;
    private long held;

    public Flood(InstantSource clock) {
        this.clock = clock;
    }

    /** Writes a line or does not; the line is given what to add to it. */
    public void tell(Line line) {
        long before;
        synchronized (this) {
            Instant now = clock.instant();
            if (!now.isBefore(until)) {
                until = now.plus(WINDOW);
                written = 0;
            }
            if (written == MOST) {
                held++;
                return;
            }
            written++;
            before = held;
            held = 0;
        }
        line.write(before == 0 ? "" : " (and " + before + " times more before)");
    }

    /** Writes to the log. */
    @FunctionalInterface
    public interface Line {
        void write(String more);
    }
}
