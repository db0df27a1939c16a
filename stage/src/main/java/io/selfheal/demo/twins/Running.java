package io.selfheal.demo.twins;

import io.selfheal.demo.http.Http;
import io.selfheal.demo.process.Child;
import io.selfheal.demo.process.Children;
import io.selfheal.demo.process.Command;
import io.selfheal.demo.stage.Ports;
import io.selfheal.demo.stage.StageFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A started subject.
 *
 * @param startSeconds from the start of the process to its first answer 200
 * @param startCpuSeconds processor time until then
 */
record Running(Subject subject, Child child, long pid, URI url, double startSeconds, double startCpuSeconds) {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration STEP = Duration.ofMillis(4);
    private static final Duration ONE_TRY = Duration.ofSeconds(2);
    /** A JVM in training writes its AOT cache then. */
    private static final Duration END = Duration.ofMinutes(3);

    static Running start(Subject subject, Processors processors, Children children, Path folder) {
        int port = freePort();
        Map<String, String> environment = new HashMap<>(subject.environment());
        environment.put("PORT", String.valueOf(port));
        Path log = folder.resolve(subject.name() + ".log");
        clear(log);
        URI url = Ports.url(port);
        long begun = System.nanoTime();
        Child child =
                children.start(new Command(subject.name(), processors.measured(subject.command()), environment, log));
        while (!Http.get(url.resolve(subject.ready()), ONE_TRY).ok()) {
            if (!child.alive() || System.nanoTime() - begun > LIMIT.toNanos()) {
                throw child.failure("did not answer within " + LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        long pid = program(child);
        return new Running(subject, child, pid, url, seconds, new Procfs(pid).cpuSeconds());
    }

    Procfs process() {
        return new Procfs(pid);
    }

    void stop() {
        // Not through the child: the shell that guards it passes it on, and the JVM that trains writes its cache then.
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        try {
            if (!child.endsWithin(END)) {
                throw child.failure("did not end within " + END.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageFailed("Interrupted while a program was to end.");
        }
    }

    /** Behind the shell that guards it. */
    private static long program(Child child) {
        return ProcessHandle.of(child.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(each -> each.info()
                        .command()
                        .filter(command -> !command.matches(".*/(sh|dash|bash|cat|sleep|busybox)"))
                        .isPresent())
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElseThrow(() -> child.failure("has no process"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StageFailed("No port is free: " + e.getMessage(), e);
        }
    }

    private static void clear(Path log) {
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new StageFailed("The old log " + log + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
