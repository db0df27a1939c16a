package io.selfheal.healer.server.telemetry;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.selfheal.healer.trace.LogSender;
import io.selfheal.healer.trace.XrayIds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object a line, with the field names that the shop's services use. Written here because Logback's own encoder
 * cannot rename its fields, and the encoder that can brings a second JSON library into a process that must stay small.
 */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    private final ThrowableProxyConverter stackTrace = new ThrowableProxyConverter();
    private final Map<String, String> sender;
    private final boolean onAws;

    JsonLineEncoder(Map<String, String> environment) {
        this.sender = LogSender.of(environment);
        this.onAws = environment.containsKey("AWS_EXECUTION_ENV");
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
        StringBuilder line = new StringBuilder(256);
        line.append('{');
        field(line, "timestamp", event.getInstant().toString());
        field(line, "level", event.getLevel().toString());
        field(line, "logger", event.getLoggerName());
        field(line, "thread", event.getThreadName());
        field(line, "message", event.getFormattedMessage());
        sender.forEach((name, value) -> field(line, name, value));
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> pair(line, pair.key, String.valueOf(pair.value)));
        }
        if (event.getThrowableProxy() != null) {
            field(line, "exception", stackTrace.convert(event));
        }
        line.setCharAt(line.length() - 1, '}');
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void pair(StringBuilder line, String name, String value) {
        field(line, name, value);
        if (onAws && name.equals("trace_id")) {
            XrayIds.of(value).ifPresent(id -> field(line, "xray_trace_id", id));
        }
    }

    private static void field(StringBuilder line, String name, String value) {
        quoted(line, name);
        line.append(':');
        quoted(line, value);
        line.append(',');
    }

    private static void quoted(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\t' -> line.append("\\t");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                        line.append(String.format("\\u%04x", (int) c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        line.append('"');
    }
}
