package io.selfheal.shop.kit.telemetry;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;

/** Lets the Prometheus client attach the current OpenTelemetry span to a sample as its exemplar. */
final class OtelSpanContext implements SpanContext {

    @Override
    public String getCurrentTraceId() {
        return Span.current().getSpanContext().getTraceId();
    }

    @Override
    public String getCurrentSpanId() {
        return Span.current().getSpanContext().getSpanId();
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return Span.current().getSpanContext().isSampled();
    }

    @Override
    public void markCurrentSpanAsExemplar() {
        Span.current().setAttribute(EXEMPLAR_ATTRIBUTE_NAME, EXEMPLAR_ATTRIBUTE_VALUE);
    }
}
