package io.selfheal.shop.kit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogGateTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final LoggerContext context = new LoggerContext();
    private final List<Runnable> afterwards = new ArrayList<>();
    private final LogGate gate = new LogGate(afterwards::add);

    LogGateTest() {
        gate.setContext(context);
        gate.setLinesPerSecond(5);
    }

    private boolean written(Level level, String logger, Instant at) {
        LoggingEvent event = new LoggingEvent("fqcn", context.getLogger(logger), level, "m", null, new Object[0]);
        event.setInstant(at);
        return gate.passes(event);
    }

    private int written(int lines, Level level, String logger, Instant at) {
        int written = 0;
        for (int i = 0; i < lines; i++) {
            written += written(level, logger, at) ? 1 : 0;
        }
        return written;
    }

    private List<ILoggingEvent> told() {
        Logger own = (Logger) LoggerFactory.getLogger(LogGate.class);
        ListAppender<ILoggingEvent> list = new ListAppender<>();
        list.start();
        own.addAppender(list);
        try {
            afterwards.forEach(Runnable::run);
            afterwards.clear();
            return List.copyOf(list.list);
        } finally {
            own.detachAppender(list);
        }
    }

    @Test
    void givenAFlood_thenSoManyLinesASecondAreWritten_andTheRestIsToldWithItsCount() {
        assertThat(written(1000, Level.WARN, "a.Flood", NOON)).isEqualTo(5);
        assertThat(written(1000, Level.WARN, "a.Flood", NOON.plusSeconds(1))).isEqualTo(5);

        assertThat(told()).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).startsWith("1990 lines of a.Flood were left out");
            assertThat(line.getKeyValuePairs().toString()).contains("log.dropped=\"1990\"");
        });
        assertThat(told()).isEmpty();
        assertThat(written(6, Level.WARN, "a.Flood", NOON.plusSeconds(2))).isEqualTo(5);
        assertThat(told()).singleElement().satisfies(line -> assertThat(line.getFormattedMessage())
                .startsWith("1 lines of a.Flood"));
    }

    @Test
    void givenAFlood_thenErrorsAndOtherLoggersAreWritten() {
        assertThat(written(1000, Level.ERROR, "a.Flood", NOON)).isEqualTo(1000);
        assertThat(written(100, Level.INFO, "a.Flood", NOON)).isEqualTo(5);
        assertThat(written(5, Level.INFO, "another", NOON)).isEqualTo(5);
    }

    @Test
    void givenATraceThatIsNotKept_thenItsLinesBelowAWarningAreNotWritten() {
        long before = LogGate.UNSAMPLED.sum();
        try (Scope _ = within(TraceFlags.getDefault()).makeCurrent()) {
            assertThat(written(Level.INFO, "a", NOON)).isFalse();
            assertThat(written(Level.DEBUG, "a", NOON)).isFalse();
            assertThat(written(Level.WARN, "a", NOON)).isTrue();
            assertThat(written(Level.ERROR, "a", NOON)).isTrue();
        }
        try (Scope _ = within(TraceFlags.getSampled()).makeCurrent()) {
            assertThat(written(Level.INFO, "a", NOON)).isTrue();
        }
        assertThat(written(Level.INFO, "a", NOON)).isTrue();
        assertThat(LogGate.UNSAMPLED.sum() - before).isEqualTo(2);
    }

    private static Span within(TraceFlags flags) {
        return Span.wrap(SpanContext.create("1".repeat(32), "2".repeat(16), flags, TraceState.getDefault()));
    }

    @Test
    void givenABoundThatIsNone_thenTheOldOneStaysAndLogbackSaysSo() {
        gate.setLinesPerSecond(0);

        assertThat(written(10, Level.INFO, "a", NOON)).isEqualTo(5);
        assertThat(context.getStatusManager().getCopyOfStatusList().toString()).contains("LOG_LINES_PER_SECOND");
    }
}
