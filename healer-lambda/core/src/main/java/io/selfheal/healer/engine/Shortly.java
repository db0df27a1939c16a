package io.selfheal.healer.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What is the same for all services, read once for those who look at about the same time. To wait by, not to act by: whoever
 * claims reads for itself. Thread-safe.
 */
final class Shortly<T> {
    /** Far below any time that a decision goes by. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private record Read<T>(T value, Instant at) {}

    private final AtomicReference<Read<T>> last = new AtomicReference<>();

    /** What was read a moment ago, or else now. Where a clock goes back, it is read. */
    T read(Instant now, Supplier<T> reading) {
        Read<T> known = last.get();
        if (known != null && known.at().isBefore(now) && known.at().plus(MOMENT).isAfter(now)) {
            return known.value();
        }
        T value = reading.get();
        last.set(new Read<>(value, now));
        return value;
    }
}
