package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Singleton
@Requires(bean = FaultsEnabled.class)
final class LogFloodFault implements Fault {

    private static final Logger LOG = LoggerFactory.getLogger(LogFloodFault.class);
    private static final int BATCHES_A_SECOND = 20;

    private @Nullable ScheduledExecutorService flood;

    @Override
    public String name() {
        return "log-flood";
    }

    @Override
    public String symptom() {
        return "the log grows by thousands of useless lines; the useful ones drown";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.whole("lines", 1000, 1, 100_000, "lines a second"));
    }

    @Override
    public synchronized void start(Parameters parameters) {
        int batch = Math.max(1, parameters.whole("lines") / BATCHES_A_SECOND);
        flood = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("log-flood").factory());
        var unused = flood.scheduleAtFixedRate(() -> write(batch), 0, 1000 / BATCHES_A_SECOND, TimeUnit.MILLISECONDS);
    }

    private static void write(int lines) {
        for (int i = 0; i < lines && !Thread.currentThread().isInterrupted(); i++) {
            LOG.warn("Log flood: this line says nothing, {} of {}", i + 1, lines);
        }
    }

    @Override
    public synchronized void stop() {
        if (flood != null) {
            flood.shutdownNow();
        }
    }
}
