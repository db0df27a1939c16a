package io.selfheal.shop.kit.mode;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Lets in only a share of the business requests, evenly: of any ten in a row of a kind, 0.3 lets in three. */
@Singleton
@Requires(bean = ModesEnabled.class)
final class Shedding implements Mode {

    private static final String ADMIT = "admit";
    private static final long WHOLE = 1_000_000;

    private final Clock clock;
    private final Map<String, AtomicLong> seen = new ConcurrentHashMap<>();
    private volatile @Nullable Order order;

    /** What was asked for last; the share in millionths. */
    private record Order(long share, String reason, Instant until) {}

    Shedding(Clock clock, MeterRegistry registry) {
        this.clock = clock;
        Gauge.builder("shop.mode", this, mode -> mode.active() ? 1 : 0)
                .tag("mode", name())
                .description("1 while the instance works in this mode")
                .register(registry);
    }

    @Override
    public String name() {
        return "shedding";
    }

    @Override
    public void begin(ModeRequest request) {
        request.knowsOnly(ADMIT);
        long share = request.setting(ADMIT)
                .map(Shedding::share)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'admit' must be given: the share of requests to let in, above 0 and below 1"));
        order = new Order(share, request.reason(), clock.instant().plus(request.ttl()));
    }

    private static long share(Object admit) {
        long share = admit instanceof Number number ? Math.round(number.doubleValue() * WHOLE) : 0;
        if (share <= 0 || share >= WHOLE) {
            throw new IllegalArgumentException("'admit' is " + admit + ", not a number above 0 and below 1");
        }
        return share;
    }

    /**
     * Whether the next request is let in.
     *
     * @param kind requests of one kind are counted by themselves: a shop in which reads and writes take turns must not lose all writes
     */
    boolean admits(String kind) {
        Order current = order;
        if (current == null || !current.until().isAfter(clock.instant())) {
            return true;
        }
        long number = seen.computeIfAbsent(kind, k -> new AtomicLong()).getAndIncrement() % WHOLE;
        return (number + 1) * current.share() / WHOLE > number * current.share() / WHOLE;
    }

    @Override
    public void end() {
        order = null;
    }

    @Override
    public boolean active() {
        Order current = order;
        return current != null && current.until().isAfter(clock.instant());
    }

    @Override
    public ModeView view() {
        Order current = order;
        if (current == null || !current.until().isAfter(clock.instant())) {
            return ModeView.inactive(name());
        }
        BigDecimal share = BigDecimal.valueOf(current.share(), 6).stripTrailingZeros();
        return new ModeView(name(), true, current.reason(), current.until(), Map.of(ADMIT, share));
    }
}
