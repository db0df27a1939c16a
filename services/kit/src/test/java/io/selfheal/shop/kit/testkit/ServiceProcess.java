package io.selfheal.shop.kit.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A service in a process of its own, as it runs in earnest. */
public final class ServiceProcess implements AutoCloseable {

    private final Process process;
    private final int port;
    private final Path log;

    private ServiceProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts the jar of another module, which must have been built; does not wait for it. */
    public static ServiceProcess jar(String service, Map<String, String> env) {
        Path jar = Path.of("..", service, "target", "shop-" + service + ".jar");
        if (!Files.exists(jar)) {
            throw new AssertionError(jar + " is missing: run the tests by 'verify' with -am, which builds it first");
        }
        return start(service, List.of("-jar", jar.toString()), env);
    }

    /** Starts the program of the module under test, whose jar is not built yet, without what only its tests need. */
    public static ServiceProcess program(String name, Class<?> main, Map<String, String> env) {
        String classPath = Arrays.stream(classPath().split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        return start(name, List.of("-cp", classPath, main.getName()), env);
    }

    /** Starts a program that belongs to the tests themselves. */
    public static ServiceProcess testProgram(String name, Class<?> main, Map<String, String> env) {
        return start(name, List.of("-cp", classPath(), main.getName()), env);
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static ServiceProcess start(String name, List<String> program, Map<String, String> env) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                // OpenTelemetry's queue uses Unsafe; the JDK's warning about it would be the only lines that are no
                // JSON.
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(program);
        int port = freePort();
        try {
            Path log = Files.createTempFile(name + "-", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("PORT", Integer.toString(port));
            builder.environment().putAll(env);
            return new ServiceProcess(builder.start(), port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ServiceProcess awaitReady() {
        Await.until("readiness of the process, see " + log, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("The process ended with " + process.exitValue() + ":\n" + log());
            }
            try {
                return browser().get("/health/readiness").status() == 200;
            } catch (UncheckedIOException e) {
                return false;
            }
        });
        return this;
    }

    public Browser browser() {
        return new Browser(uri());
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    /** The lines that are written to their end; of the last one there may be only a part yet. */
    public String log() {
        try {
            String all = Files.readString(log);
            return all.substring(0, all.lastIndexOf('\n') + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    public int exitCode() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("The process does not end:\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Below those that the system gives to whoever asks for any (from 32768 on): between this and a service's binding it
     * seconds later, no connection of another test can get it.
     */
    public static int freePort() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 32_768);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                // The next one, then.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("100 ports in a row are taken");
    }
}
