package io.selfheal.shop.kit.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;

/**
 * Unsets the error status of server spans that answered 4xx, as the semantic conventions ask: the caller erred, not we.
 * Micronaut's filter marks every 4xx as an error after any filter of ours could undo it, hence the late place.
 */
final class ClientErrorsAreNotOurs implements SpanExporter {

    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private final SpanExporter delegate;

    ClientErrorsAreNotOurs(SpanExporter delegate) {
        this.delegate = delegate;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        List<SpanData> mended = spans.stream()
                .map(span -> isClientError(span) ? new Unset(span) : span)
                .toList();
        return delegate.export(mended);
    }

    private static boolean isClientError(SpanData span) {
        Long status = span.getAttributes().get(STATUS);
        return span.getKind() == SpanKind.SERVER && status != null && status >= 400 && status < 500;
    }

    @Override
    public CompletableResultCode flush() {
        return delegate.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return delegate.shutdown();
    }

    private static final class Unset extends DelegatingSpanData {
        private Unset(SpanData span) {
            super(span);
        }

        @Override
        public StatusData getStatus() {
            return StatusData.unset();
        }
    }
}
