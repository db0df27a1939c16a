package io.selfheal.shop.kit.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the appenders and lets lines through. Errors always. Of a request whose trace is not kept, nothing below a warning: a trace is kept with its
 * lines or not at all. Of one logger so many lines a second, and then one that says how many more there were.
 */
public final class LogGate extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements AppenderAttachable<ILoggingEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(LogGate.class);
    private static final Duration WINDOW = Duration.ofSeconds(1);

    /** Counted for all gates of the process: Logback makes the gate, the framework the metrics. */
    static final LongAdder FLOODED = new LongAdder();

    static final LongAdder UNSAMPLED = new LongAdder();

    /** Does something when a window is over. */
    interface Afterwards {
        void run(Runnable telling);
    }

    /** What became of the lines of one logger in one window. */
    private static final class Window {
        private long number = Long.MIN_VALUE;
        private int written;
        private long dropped;
    }

    private final AppenderAttachableImpl<ILoggingEvent> behind = new AppenderAttachableImpl<>();
    private final Afterwards afterwards;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();
    private int linesPerSecond = 50;

    /** As Logback makes it. */
    public LogGate() {
        this(telling -> Thread.ofVirtual().name("log-gate").start(() -> {
            try {
                Thread.sleep(WINDOW);
                telling.run();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    LogGate(Afterwards afterwards) {
        this.afterwards = afterwards;
    }

    /** Set by logback-kit.xml. */
    public void setLinesPerSecond(int linesPerSecond) {
        if (linesPerSecond < 1) {
            addWarn("LOG_LINES_PER_SECOND: expected 1 or more, was " + linesPerSecond + "; it stays "
                    + this.linesPerSecond);
            return;
        }
        this.linesPerSecond = linesPerSecond;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (passes(event)) {
            var unused = behind.appendLoopOnAppenders(event);
        }
    }

    boolean passes(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)
                || event.getLoggerName().equals(LOG.getName())) {
            return true;
        }
        SpanContext span = Span.current().getSpanContext();
        if (!event.getLevel().isGreaterOrEqual(Level.WARN) && span.isValid() && !span.isSampled()) {
            UNSAMPLED.increment();
            return false;
        }
        return !flooded(event);
    }

    private boolean flooded(ILoggingEvent event) {
        String logger = event.getLoggerName();
        long number = event.getTimeStamp() / WINDOW.toMillis();
        Window window = windows.computeIfAbsent(logger, _ -> new Window());
        synchronized (window) {
            if (number != window.number) {
                window.number = number;
                window.written = 0;
            }
            if (window.written < linesPerSecond) {
                window.written++;
                return false;
            }
            FLOODED.increment();
            window.dropped++;
            if (window.dropped == 1) {
                // Not now: Logback drops what an appender logs to itself.
                afterwards.run(() -> tell(logger, window));
            }
            return true;
        }
    }

    private void tell(String logger, Window window) {
        long dropped;
        synchronized (window) {
            dropped = window.dropped;
            window.dropped = 0;
        }
        LOG.atWarn()
                .addKeyValue("log.dropped", dropped)
                .addKeyValue("log.logger", logger)
                .log("{} lines of {} were left out: it wrote more than {} a second", dropped, logger, linesPerSecond);
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> appender) {
        behind.addAppender(appender);
    }

    @Override
    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
        return behind.iteratorForAppenders();
    }

    @Override
    public @Nullable Appender<ILoggingEvent> getAppender(String name) {
        return behind.getAppender(name);
    }

    @Override
    public boolean isAttached(Appender<ILoggingEvent> appender) {
        return behind.isAttached(appender);
    }

    @Override
    public void detachAndStopAllAppenders() {
        behind.detachAndStopAllAppenders();
    }

    @Override
    public boolean detachAppender(Appender<ILoggingEvent> appender) {
        return behind.detachAppender(appender);
    }

    @Override
    public boolean detachAppender(String name) {
        return behind.detachAppender(name);
    }
}
