package io.selfheal.shop.kit.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.configuration.metrics.micrometer.ExportConfigurationProperties;
import io.micronaut.configuration.metrics.micrometer.prometheus.PrometheusMeterRegistryFactory;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Singleton;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The registry that knows the current span. Micronaut's own is built without one and therefore never holds an exemplar. */
@Factory
final class PrometheusRegistryFactory {

    @Singleton
    @Replaces(bean = PrometheusMeterRegistry.class, factory = PrometheusMeterRegistryFactory.class)
    PrometheusMeterRegistry prometheusRegistry(ExportConfigurationProperties export) {
        return new PrometheusMeterRegistry(
                new Settings(export.getExport()), new PrometheusRegistry(), Clock.SYSTEM, new OtelSpanContext());
    }

    /** Micronaut's settings, but with exemplars on buckets and counters only. */
    private record Settings(Properties export) implements PrometheusConfig {

        @Override
        public @Nullable String get(String key) {
            return export.getProperty(key);
        }

        /**
         * Micrometer asks for exemplars on every {@code _count} too. Prometheus before 2.43 (Debian 12 has 2.42) then drops
         * the whole scrape: "does not support exemplars", https://github.com/prometheus/prometheus/issues/11982.
         */
        @Override
        public Properties prometheusProperties() {
            Properties properties = new Properties();
            properties.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
            return properties;
        }
    }
}
