package io.selfheal.healer.server.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.local.telemetry.GrafanaAnnotations;
import io.selfheal.healer.local.telemetry.IncidentTraces;
import io.selfheal.healer.server.config.TelemetryConfiguration.Grafana;
import io.selfheal.healer.server.config.TelemetryConfiguration.Tracing;
import jakarta.inject.Singleton;

/** Traces and annotations, each only where somebody is there to take them. */
@Factory
final class TelemetryBindings {

    @Bean(preDestroy = "close")
    @Singleton
    @Requires(property = "healer.tracing.endpoint", pattern = ".+")
    IncidentTraces traces(Tracing tracing, IncidentArchive archive) {
        return new IncidentTraces(tracing.settings(), archive);
    }

    @Bean(preDestroy = "close")
    @Singleton
    @Requires(property = "healer.grafana.url", pattern = ".+")
    GrafanaAnnotations annotations(Grafana grafana) {
        return new GrafanaAnnotations(grafana.settings());
    }
}
