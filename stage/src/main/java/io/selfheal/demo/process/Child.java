package io.selfheal.demo.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One started program and its log. */
public final class Child {

    private static final int LAST_LINES = 12;

    private final Command command;
    private final Process process;

    Child(Command command, Process process) {
        this.command = command;
        this.process = process;
    }

    public String name() {
        return command.name();
    }

    public boolean alive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** Asks the program to end, and does not insist: through the handle, since Process.destroy also closes the pipe. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** Whether it has ended, or does so within the limit. */
    public boolean endsWithin(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks the program to end, waits, and then insists. */
    void stop(Duration patience) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The pipe is gone because the child is: nothing is left to ask.
        }
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Why it is not running, with the end of its log. */
    public ChildFailed failure(String what) {
        String exit = process.isAlive() ? "" : " (exit code " + process.exitValue() + ")";
        return new ChildFailed(command.name() + " " + what + exit + ".\n" + lastLines(command.log()));
    }

    private static String lastLines(Path log) {
        try {
            // Not readAllLines: a program's log may hold any bytes.
            String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            String tail = String.join("\n  | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
            return lines.isEmpty() ? "Its log is empty: " + log : "The last lines of " + log + ":\n  | " + tail;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }
}
