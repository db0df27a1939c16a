package io.selfheal.healer.server.http;

import io.selfheal.healer.engine.Remediator;
import io.selfheal.healer.intake.Parsed;
import io.selfheal.healer.server.telemetry.IntakeMetrics;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves what was understood, and counts it. */
@Singleton
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Remediator remediator;
    private final IntakeMetrics metrics;

    Reception(Remediator remediator, IntakeMetrics metrics) {
        this.remediator = remediator;
        this.metrics = metrics;
    }

    /** When this returns, everything is stored. */
    Receipt save(String sender, Parsed.Accepted accepted) {
        int saved = remediator.accept(accepted.signals());
        Map<SignalSource, List<Signal>> bySource =
                accepted.signals().stream().collect(Collectors.groupingBy(Signal::source));
        bySource.forEach((source, signals) -> metrics.accepted(source, signals.size()));
        if (accepted.ignored() > 0) {
            metrics.ignored(sender, accepted.ignored());
            LOG.info("{} parts of what {} sent were ignored: {}", accepted.ignored(), sender, accepted.why());
        }
        return new Receipt(saved, accepted.ignored());
    }
}
