package io.selfheal.demo.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One started program and its log. */
public final class Child {

    /** 128 and the number of SIGTERM: how a JVM ends that was asked to. */
    private static final int TERMINATED = 143;

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

    /** Whether it ended by itself or as it was asked to. */
    public boolean endedWell() {
        return !process.isAlive() && (process.exitValue() == 0 || process.exitValue() == TERMINATED);
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
        return new ChildFailed(command.name() + " " + what + exit + ".\n" + LogTail.of(command.log()));
    }
}
