package io.selfheal.healer.lambda.log;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.trace.LogSender;
import io.selfheal.healer.trace.XrayIds;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** Hands each line to Lambda's own logger, which knows where lines go. */
final class LineLogger extends LegacyAbstractLogger implements LoggingEventAware {
    private static final long serialVersionUID = 1L;
    private static final String OURS = "io.selfheal";
    private static final Map<String, String> SENDER = LogSender.of(System.getenv());

    private final int threshold;

    LineLogger(String name) {
        this.name = name;
        this.threshold = threshold(name).toInt();
    }

    /** What libraries say below a warning is nobody's concern. */
    private static Level threshold(String name) {
        return name.startsWith(OURS)
                ? Level.valueOf(Optional.ofNullable(System.getenv("HEALER_LOG_LEVEL"))
                        .filter(word -> word.matches("(?i)error|warn|info|debug|trace"))
                        .orElse("INFO")
                        .toUpperCase(Locale.ROOT))
                : Level.WARN;
    }

    private boolean enabled(Level level) {
        return level.toInt() >= threshold;
    }

    @Override
    public void log(LoggingEvent event) {
        if (enabled(event.getLevel())) {
            String message = MessageFormatter.basicArrayFormat(event.getMessage(), event.getArgumentArray());
            write(event.getLevel(), message, event.getKeyValuePairs(), event.getThrowable());
        }
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        write(level, MessageFormatter.basicArrayFormat(message, arguments), null, failure);
    }

    private void write(Level level, String message, @Nullable List<KeyValuePair> fields, @Nullable Throwable failure) {
        ObjectNode line = JsonTrees.object()
                .put("timestamp", now().toString())
                .put("level", level.name())
                .put("logger", name)
                .put("message", message);
        SENDER.forEach(line::put);
        if (fields != null) {
            fields.forEach(field -> line.put(field.key, String.valueOf(field.value)));
        }
        XrayIds.of(line.path("trace_id").asText()).ifPresent(id -> line.put("xray_trace_id", id));
        if (failure != null) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            line.put("exception", trace.toString());
        }
        LambdaRuntime.getLogger().log(JsonTrees.write(line) + "\n");
    }

    /** When it was said: no business of the engine, so not its clock. */
    private static Instant now() {
        return InstantSource.system().instant();
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return enabled(Level.TRACE);
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
        return enabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return enabled(Level.DEBUG);
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
        return enabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return enabled(Level.INFO);
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
        return enabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return enabled(Level.WARN);
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
        return enabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return enabled(Level.ERROR);
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
        return enabled(Level.ERROR);
    }
}
