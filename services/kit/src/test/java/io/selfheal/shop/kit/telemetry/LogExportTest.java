package io.selfheal.shop.kit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.BeanContext;
import io.micronaut.context.event.StartupEvent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogExportTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogExportTest.class);

    private final InMemoryLogRecordExporter exported = InMemoryLogRecordExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder().build())
            .setLoggerProvider(SdkLoggerProvider.builder()
                    .addLogRecordProcessor(SimpleLogRecordProcessor.create(exported))
                    .build())
            .build();

    @AfterEach
    void detach() {
        started(OpenTelemetry.noop(), "none");
        sdk.close();
    }

    @Test
    void givenAnExporter_whenALineIsLogged_thenItIsExportedWithItsTraceAndDetails() {
        started(sdk, "otlp");
        Span span = sdk.getTracer("test").spanBuilder("request").startSpan();
        try (Scope _ = span.makeCurrent()) {
            LOG.atWarn().addKeyValue("order", 7).log("paid twice");
        }

        LogRecordData record = ours().getFirst();
        assertThat(record.getSpanContext().getTraceId())
                .isEqualTo(span.getSpanContext().getTraceId());
        assertThat(record.getSeverityText()).isEqualTo("WARN");
        assertThat(record.getAttributes().asMap().toString()).contains("order=7");
    }

    @Test
    void givenNoExporter_whenALineIsLogged_thenNobodyIsHandedAnything() {
        started(sdk, "none");
        LOG.warn("only on stdout");
        started(sdk, "");
        LOG.warn("nor with an empty setting");

        assertThat(ours()).isEmpty();
    }

    private static void started(OpenTelemetry openTelemetry, String exporter) {
        new LogExport(openTelemetry, exporter).onApplicationEvent(new StartupEvent(BeanContext.build()));
    }

    /** Others in this JVM may log meanwhile. */
    private List<LogRecordData> ours() {
        return exported.getFinishedLogRecordItems().stream()
                .filter(record -> record.getInstrumentationScopeInfo().getName().equals(LogExportTest.class.getName()))
                .toList();
    }
}
