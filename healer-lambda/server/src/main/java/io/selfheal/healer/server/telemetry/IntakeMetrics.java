package io.selfheal.healer.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.selfheal.healer.signal.SignalSource;
import jakarta.inject.Singleton;

/** Counts what comes in by who sent it, and the bodies that were turned away. */
@Singleton
public final class IntakeMetrics {

    private final MeterRegistry registry;

    IntakeMetrics(MeterRegistry registry) {
        this.registry = registry;
        // There from the start, at zero: a rate over a series that appears with its first event misses that event.
        for (SignalSource source : SignalSource.values()) {
            accepted(source, 0);
        }
    }

    public void accepted(SignalSource source, int count) {
        Counter.builder("healer.signals")
                .description("Signals saved, by who sent them")
                .tag("source", source.word())
                .register(registry)
                .increment(count);
    }

    /** By the last part of the path that it came to. */
    public void ignored(String sender, int count) {
        Counter.builder("healer.signals.ignored")
                .description("Parts of accepted bodies that were no business of the healer")
                .tag("source", sender)
                .register(registry)
                .increment(count);
    }

    /** By the last part of the path that it came to. */
    public void refused(String sender, int status) {
        Counter.builder("healer.bodies.refused")
                .description("Bodies turned away, by who should have sent them and by HTTP status")
                .tag("source", sender)
                .tag("status", Integer.toString(status))
                .register(registry)
                .increment();
    }
}
