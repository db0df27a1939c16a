package io.selfheal.shop.kit.telemetry;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes a log event as one JSON object on one line. It reads the span of the calling thread, so it belongs into an
 * appender that encodes in that thread (the console's does). Small on purpose: a JSON library costs more here than it gives.
 */
public final class JsonLine extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = new byte[0];

    private final ThrowableProxyConverter stackTrace = new ThrowableProxyConverter();
    private String serviceName = "unknown";

    /** Set by logback.xml. */
    public void setServiceName(String serviceName) {
        this.serviceName = serviceName;
    }

    @Override
    public void start() {
        stackTrace.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder json = new StringBuilder(256).append('{');
        field(json, "timestamp", event.getInstant().toString());
        field(json, "level", event.getLevel().toString());
        field(json, "logger", event.getLoggerName());
        field(json, "message", event.getFormattedMessage());
        field(json, "service.name", serviceName);
        SpanContext span = Span.current().getSpanContext();
        if (span.isValid()) {
            field(json, "trace_id", span.getTraceId());
            field(json, "span_id", span.getSpanId());
        }
        field(json, "thread", event.getThreadName());
        details(json, event);
        if (event.getThrowableProxy() != null) {
            field(json, "exception", stackTrace.convert(event));
        }
        json.setCharAt(json.length() - 1, '}');
        return json.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void details(StringBuilder json, ILoggingEvent event) {
        for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
            field(json, entry.getKey(), entry.getValue());
        }
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                field(json, pair.key, String.valueOf(pair.value));
            }
        }
    }

    private static void field(StringBuilder json, String name, @Nullable String value) {
        quote(json, name);
        json.append(':');
        quote(json, value == null ? "" : value);
        json.append(',');
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> plain(json, c);
            }
        }
        json.append('"');
    }

    /** Lone surrogates would become '?' in UTF-8; control characters are not allowed in JSON. */
    private static void plain(StringBuilder json, char c) {
        if (c < 0x20 || c == 0x7f) {
            json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xf, 16));
        } else {
            json.append(c);
        }
    }
}
