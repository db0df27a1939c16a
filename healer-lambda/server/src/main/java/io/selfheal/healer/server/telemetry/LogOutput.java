package io.selfheal.healer.server.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;

/**
 * Where log lines go and from which level on. Found by Logback as a service; in code, because its XML costs 300 classes and
 * an XML parser that nothing else here needs. {@code HEALER_LOG_LEVEL} changes the healer's own level.
 */
public final class LogOutput extends ContextAwareBase implements Configurator {

    /** Libraries that say at INFO what nobody asked; what they fail at, the healer says itself as a sentence. */
    private static final Map<String, Level> QUIET = Map.of(
            "io.micronaut.http.server.netty.NettyHttpServer", Level.OFF,
            "io.netty", Level.WARN,
            "com.zaxxer.hikari", Level.WARN,
            "org.flywaydb", Level.WARN);

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        JsonLineEncoder encoder = new JsonLineEncoder(System.getenv());
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("JSON");
        console.setEncoder(encoder);
        console.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(console);
        context.getLogger("io.selfheal").setLevel(Level.toLevel(System.getenv("HEALER_LOG_LEVEL"), Level.INFO));
        QUIET.forEach((name, level) -> context.getLogger(name).setLevel(level));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
