package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Ends the process at once, without a shutdown hook, as the kernel's out-of-memory killer does. */
@Singleton
@Requires(bean = FaultsEnabled.class)
final class CrashFault implements Fault {

    private static final int KILLED = 137;

    @Override
    public String name() {
        return "crash";
    }

    @Override
    public String symptom() {
        return "the process ends with exit code 137";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.duration(
                "after",
                Duration.ofMillis(100),
                Duration.ofHours(1),
                "time left to answer the request that asked for it"));
    }

    @Override
    public void start(Parameters parameters) {
        Executor later =
                CompletableFuture.delayedExecutor(parameters.duration("after").toMillis(), TimeUnit.MILLISECONDS);
        later.execute(() -> Runtime.getRuntime().halt(KILLED));
    }

    @Override
    public void stop() {
        // There is no way back from here, and soon nobody to take it.
    }
}
