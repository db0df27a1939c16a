package io.selfheal.embedded.engine;

import io.selfheal.embedded.process.Running;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** A container's process and its end to come. */
record Live(Running running, CompletableFuture<Integer> exit) {
    /** @param whenOver is called with the exit code, -1 if it was not to be had */
    static Live watch(Running running, IntConsumer whenOver) {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            int code = -1;
            try {
                code = running.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exit.complete(code);
            whenOver.accept(code);
        });
        return new Live(running, exit);
    }

    /** SIGTERM, then SIGKILL when the time is over. */
    void stop(Duration patience) {
        running.terminate();
        if (!endsWithin(patience)) {
            running.kill();
        }
    }

    boolean endsWithin(Duration time) {
        try {
            exit.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
