package io.selfheal.healer.lambda;

import java.util.Optional;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Resource;

/**
 * What SnapStart may keep of a process that is started many times from one picture: classes, settings and policies. What is
 * wired, with its clients, its chance and its clocks, is thrown away before and made anew after.
 */
final class Snapshot implements Resource {
    private final Runnable priming;
    private final Supplier<Wiring> making;
    private Optional<Wiring> wiring;

    /**
     * Makes what is wired for the first time.
     *
     * @param priming loads classes, and leaves nothing else behind
     */
    Snapshot(Runnable priming, Supplier<Wiring> making) {
        this.priming = priming;
        this.making = making;
        this.wiring = Optional.of(making.get());
    }

    synchronized Wiring wired() {
        Wiring wired = wiring.orElseGet(making);
        wiring = Optional.of(wired);
        return wired;
    }

    synchronized boolean isEmpty() {
        return wiring.isEmpty();
    }

    @Override
    public synchronized void beforeCheckpoint(Context<? extends Resource> context) {
        priming.run();
        wiring.ifPresent(Wiring::close);
        wiring = Optional.empty();
    }

    @Override
    public synchronized void afterRestore(Context<? extends Resource> context) {
        wired();
    }
}
