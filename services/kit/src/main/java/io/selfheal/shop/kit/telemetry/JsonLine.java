package io.selfheal.shop.kit.telemetry;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes a log event as one JSON object on one line. It reads the span of the calling thread, so it belongs into an
 * appender that encodes in that thread (the console's does). Small on purpose: a JSON library costs more here than it gives.
 */
public final class JsonLine extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = new byte[0];
    private static final String UNKNOWN = "unknown";
    private static final String ENVIRONMENT = "deployment.environment.name";
    /** X-Ray sets the time of a trace, its first eight digits, apart. */
    private static final int XRAY_TIME = 8;

    private final ThrowableProxyConverter stackTrace = new ThrowableProxyConverter();
    private String serviceName = UNKNOWN;
    private String environmentName = UNKNOWN;
    private boolean onAws;

    /** Set by logback.xml. */
    public void setServiceName(String serviceName) {
        this.serviceName = serviceName;
    }

    /** Set by logback.xml: OpenTelemetry's name=value pairs with commas between them. */
    public void setResourceAttributes(String attributes) {
        environmentName = Arrays.stream(attributes.split(",", -1))
                .map(String::strip)
                .filter(pair -> pair.startsWith(ENVIRONMENT + "="))
                .map(pair -> pair.substring(ENVIRONMENT.length() + 1))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Set by logback.xml: what AWS says of itself to the processes that it runs; blank anywhere else. */
    public void setAwsExecution(String awsExecution) {
        onAws = !awsExecution.isBlank();
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
        field(json, ENVIRONMENT, environmentName);
        trace(json, Span.current().getSpanContext());
        field(json, "thread", event.getThreadName());
        details(json, event);
        if (event.getThrowableProxy() != null) {
            field(json, "exception", stackTrace.convert(event));
        }
        json.setCharAt(json.length() - 1, '}');
        return json.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void trace(StringBuilder json, SpanContext span) {
        if (!span.isValid()) {
            return;
        }
        String traceId = span.getTraceId();
        field(json, "trace_id", traceId);
        field(json, "span_id", span.getSpanId());
        field(json, "trace_flags", span.getTraceFlags().asHex());
        if (onAws) {
            field(json, "xray_trace_id", "1-" + traceId.substring(0, XRAY_TIME) + "-" + traceId.substring(XRAY_TIME));
        }
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
