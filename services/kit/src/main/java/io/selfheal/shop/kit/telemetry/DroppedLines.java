package io.selfheal.shop.kit.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** How many lines the log left out, by why: from the start at zero, so that a rate misses none. */
@Singleton
final class DroppedLines implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        register(registry, "flood", LogGate.FLOODED);
        register(registry, "unsampled", LogGate.UNSAMPLED);
    }

    private static void register(MeterRegistry registry, String reason, LongAdder count) {
        FunctionCounter.builder("log.dropped.lines", count, LongAdder::sum)
                .description("Lines that the log left out, by why")
                .tag("reason", reason)
                .register(registry);
    }
}
