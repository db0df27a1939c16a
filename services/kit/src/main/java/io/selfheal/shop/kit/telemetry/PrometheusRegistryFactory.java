package io.selfheal.shop.kit.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.configuration.metrics.micrometer.ExportConfigurationProperties;
import io.micronaut.configuration.metrics.micrometer.prometheus.PrometheusMeterRegistryFactory;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Singleton;
import java.util.Properties;

/** The registry that knows the current span. Micronaut's own is built without one and therefore never holds an exemplar. */
@Factory
final class PrometheusRegistryFactory {

    @Singleton
    @Replaces(bean = PrometheusMeterRegistry.class, factory = PrometheusMeterRegistryFactory.class)
    PrometheusMeterRegistry prometheusRegistry(ExportConfigurationProperties export) {
        Properties settings = export.getExport();
        return new PrometheusMeterRegistry(
                settings::getProperty, new PrometheusRegistry(), Clock.SYSTEM, new OtelSpanContext());
    }
}
