package io.selfheal.shop.kit.telemetry;

import io.micronaut.tracing.opentelemetry.OpenTelemetryBuilderCustomizer;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import jakarta.inject.Singleton;
import java.util.Map;

/** Exports traces over OTLP when an endpoint is set and is quiet otherwise; mends two habits of the instrumentation. */
@Singleton
final class TracingSetup implements OpenTelemetryBuilderCustomizer {

    @Override
    public void configure(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addPropertiesCustomizer(TracingSetup::exporter)
                .addSamplerCustomizer((sampler, config) -> new NoRootlessClientSpans(sampler))
                .addSpanExporterCustomizer((exporter, config) -> new ClientErrorsAreNotOurs(exporter));
    }

    /** "none" is what Micronaut fills in when nobody chose an exporter. */
    private static Map<String, String> exporter(ConfigProperties config) {
        boolean chosen = !"none".equals(config.getString("otel.traces.exporter", "none"));
        boolean hasEndpoint =
                isSet(config, "otel.exporter.otlp.endpoint") || isSet(config, "otel.exporter.otlp.traces.endpoint");
        return !chosen && hasEndpoint ? Map.of("otel.traces.exporter", "otlp") : Map.of();
    }

    private static boolean isSet(ConfigProperties config, String key) {
        String value = config.getString(key);
        return value != null && !value.isBlank();
    }
}
