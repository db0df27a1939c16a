package io.selfheal.shop.kit.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/** Drops traces that would consist of one SQL statement: migrations, pool checks and sweeps make dozens of them. */
final class NoRootlessClientSpans implements Sampler {

    private final Sampler delegate;

    NoRootlessClientSpans(Sampler delegate) {
        this.delegate = delegate;
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        boolean rootless = !Span.fromContext(parent).getSpanContext().isValid();
        return rootless && kind == SpanKind.CLIENT
                ? SamplingResult.drop()
                : delegate.shouldSample(parent, traceId, name, kind, attributes, links);
    }

    @Override
    public String getDescription() {
        return "NoRootlessClientSpans{" + delegate.getDescription() + "}";
    }
}
