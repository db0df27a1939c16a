package io.selfheal.embedded.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a command once and says whether it succeeded within its time. */
public final class Probe {
    private final Launcher launcher;

    public Probe(Launcher launcher) {
        this.launcher = launcher;
    }

    /** True if the command exits with 0 in time; a command that takes longer is killed. */
    public boolean succeeds(ProcessSpec spec, Duration timeout) throws InterruptedException {
        Running running;
        try {
            running = launcher.start(spec);
        } catch (IOException e) {
            return false;
        }
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                exit.complete(running.await());
            } catch (InterruptedException e) {
                exit.completeExceptionally(e);
            }
        });
        try {
            return exit.completeOnTimeout(-1, timeout.toMillis(), TimeUnit.MILLISECONDS)
                            .join()
                    == 0;
        } finally {
            if (waiter.isAlive()) {
                running.kill();
            }
        }
    }
}
