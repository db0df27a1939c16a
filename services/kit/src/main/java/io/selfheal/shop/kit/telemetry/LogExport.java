package io.selfheal.shop.kit.telemetry;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import jakarta.inject.Singleton;

/**
 * Hands the log to OpenTelemetry as well, which exports it in batches from a bounded queue: what does not fit is dropped, nobody waits.
 * Without an exporter it is handed to nobody, so that no event is kept for later.
 */
@Singleton
final class LogExport implements ApplicationEventListener<StartupEvent> {

    private final OpenTelemetry receiver;

    LogExport(
            OpenTelemetry openTelemetry,
            @Property(name = "otel.logs.exporter", defaultValue = "none") String exporter) {
        receiver = exporter.isBlank() || exporter.equals("none") ? OpenTelemetry.noop() : openTelemetry;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        OpenTelemetryAppender.install(receiver);
    }
}
