package io.selfheal.demo.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Every program that the stage started. Closing it stops all, newest first. A child also ends when the stage is killed:
 * on POSIX systems a small shell holds the other end of a pipe, and the pipe closes with the stage.
 */
public final class Children implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(12);
    /** Ctrl-C reaches children first; only a death that nobody asked for within this time is a failure. */
    private static final long GRACE_MILLIS = 400;

    /** SIGINT is for the stage alone, which then stops children in order. End of input means that the stage is gone. */
    private static final String GUARD = """
            trap '' INT
            exec 3<&0
            "$@" </dev/null 3<&- &
            child=$!
            trap 'kill -TERM $child 2>/dev/null' TERM HUP
            ( cat <&3 >/dev/null; kill -TERM $child 2>/dev/null || exit 0
              n=0; while [ $n -lt 50 ] && kill -0 $child 2>/dev/null; do sleep 0.2; n=$((n+1)); done
              kill -KILL $child 2>/dev/null ) &
            guard=$!
            exec 3<&-
            wait $child; code=$?
            while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
            kill $guard 2>/dev/null
            exit $code
            """;

    private final Deque<Child> started = new ArrayDeque<>();
    private final CompletableFuture<ChildFailed> firstDeath = new CompletableFuture<>();
    private boolean closing;

    /** Starts a program; its death from now on completes {@link #firstDeath()}. */
    public synchronized Child start(Command command) {
        if (closing) {
            throw new ChildFailed(command.name() + " was not started: everything is being stopped.");
        }
        ProcessBuilder builder = new ProcessBuilder(guarded(command.arguments()));
        builder.environment().putAll(command.environment());
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
        try {
            Path folder = command.log().toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Child child = new Child(command, builder.start());
            started.push(child);
            var unused = child.onExit().thenAcceptAsync(process -> died(child));
            return child;
        } catch (IOException e) {
            throw new ChildFailed(command.name() + " could not be started: " + e.getMessage());
        }
    }

    /** Completes when a child dies that nobody stopped. */
    public CompletableFuture<ChildFailed> firstDeath() {
        return firstDeath;
    }

    /** Throws if a child died that nobody stopped. */
    public void check() {
        ChildFailed death = firstDeath.getNow(null);
        if (death != null) {
            throw death;
        }
    }

    @Override
    public void close() {
        List<Child> toStop;
        synchronized (this) {
            closing = true;
            toStop = new ArrayList<>(started);
            started.clear();
        }
        toStop.forEach(child -> child.stop(PATIENCE));
    }

    private void died(Child child) {
        var unused = CompletableFuture.delayedExecutor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        unused.execute(() -> {
            if (!isClosing()) {
                firstDeath.complete(child.failure("ended, though nobody asked it to"));
            }
        });
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private static List<String> guarded(List<String> arguments) {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win")) {
            return arguments;
        }
        List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "selfheal-child"));
        guarded.addAll(arguments);
        return guarded;
    }
}
