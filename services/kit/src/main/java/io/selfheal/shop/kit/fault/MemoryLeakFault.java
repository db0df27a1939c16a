package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what it allocates. The ceiling makes it a slow illness; one above the heap makes it a deadly one. */
@Singleton
@Requires(bean = FaultsEnabled.class)
final class MemoryLeakFault implements Fault {

    private static final int MEGABYTE = 1 << 20;

    private final ConcurrentLinkedQueue<byte[]> leaked = new ConcurrentLinkedQueue<>();
    private @Nullable ScheduledExecutorService leak;

    @Override
    public String name() {
        return "memory-leak";
    }

    @Override
    public String symptom() {
        return "the used heap grows and no collection gives it back";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("rate", 5, 1, 1024, "MB leaked a second"),
                Parameter.whole("ceiling", 64, 1, 1 << 20, "MB at which the leak stops growing"));
    }

    @Override
    public synchronized void start(Parameters parameters) {
        int ceiling = parameters.whole("ceiling");
        leak = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("memory-leak").factory());
        long everyMicros = TimeUnit.SECONDS.toMicros(1) / parameters.whole("rate");
        var unused = leak.scheduleAtFixedRate(() -> grow(ceiling), 0, everyMicros, TimeUnit.MICROSECONDS);
    }

    private void grow(int ceiling) {
        if (leaked.size() < ceiling) {
            leaked.add(new byte[MEGABYTE]);
        }
    }

    @Override
    public synchronized void stop() {
        if (leak != null) {
            leak.shutdownNow();
        }
        leaked.clear();
    }
}
