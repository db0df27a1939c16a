package io.selfheal.shop.kit.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.configuration.metrics.micrometer.ExportConfigurationProperties;
import io.micronaut.configuration.metrics.micrometer.prometheus.PrometheusMeterRegistryFactory;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Properties;

/** The registry that knows the current span. Micronaut's own is built without one and therefore never holds an exemplar. */
@Factory
final class PrometheusRegistryFactory {

    static final String REQUESTS = "http.server.requests";

    @Singleton
    @Replaces(bean = PrometheusMeterRegistry.class, factory = PrometheusMeterRegistryFactory.class)
    PrometheusMeterRegistry prometheusRegistry(ExportConfigurationProperties export) {
        Properties settings = export.getExport();
        return new PrometheusMeterRegistry(
                settings::getProperty, new PrometheusRegistry(), Clock.SYSTEM, new OtelSpanContext());
    }

    /**
     * Takes the exception's name off the request series. The error series can then exist at 0 before the first error
     * (see {@link ErrorSeries}): an increase() over a series that is born with its first error sees nothing.
     */
    @Singleton
    MeterFilter withoutExceptionTag() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (!id.getName().equals(REQUESTS)) {
                    return id;
                }
                List<Tag> kept = id.getTags().stream()
                        .filter(tag -> !tag.getKey().equals("exception"))
                        .toList();
                return id.replaceTags(kept);
            }
        };
    }
}
