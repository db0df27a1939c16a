package io.selfheal.healer.server.stage;

import io.selfheal.healer.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The healer in a JVM of its own, so that it can be killed as a machine would kill it. */
public final class HealerProcess implements AutoCloseable {

    public static final String TOKEN = "correct-horse-battery-staple";

    private final Process process;
    private final int port;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private HealerProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts one and waits for nothing. */
    public static HealerProcess launch(Path folder, Map<String, String> environment) {
        return launch(List.of(), folder, environment);
    }

    /** The same by way of another command, for example one that gives it only some of the processors. */
    public static HealerProcess launch(List<String> by, Path folder, Map<String, String> environment) {
        try {
            int port = FreePort.find();
            Path log = Files.createTempFile(folder, "healer", ".log");
            List<String> command = new ArrayList<>(by);
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xms16m",
                    "-Xmx96m",
                    "-Xss512k",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.selfheal.healer.server.HealerServer"));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("HEALER_") || name.startsWith("AWS_"));
            builder.environment()
                    .putAll(Map.of(
                            "HEALER_TOKEN",
                            TOKEN,
                            "HEALER_PORT",
                            Integer.toString(port),
                            "HEALER_JDBC_URL",
                            "jdbc:h2:file:" + folder.resolve("healer"),
                            "HEALER_POLICY",
                            Path.of("src/test/resources/policy.yaml")
                                    .toAbsolutePath()
                                    .toString(),
                            "AWS_REGION",
                            "us-east-1",
                            "AWS_ACCESS_KEY_ID",
                            "none",
                            "AWS_SECRET_ACCESS_KEY",
                            "none"));
            builder.environment().putAll(environment);
            return new HealerProcess(builder.start(), port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HealerProcess awaitReady() {
        Await.until(
                () -> "the healer is ready; its log: " + log(),
                () -> !process.isAlive() || get("/health/liveness").isPresent());
        if (!process.isAlive()) {
            throw new AssertionError("the healer ended: " + log());
        }
        return this;
    }

    /** Processor time since its start, all threads together. */
    public Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("the system tells no processor times"));
    }

    public long pid() {
        return process.pid();
    }

    public int awaitExit() {
        Await.until(() -> "the healer ends; its log: " + log(), () -> !process.isAlive());
        return process.exitValue();
    }

    /** The body of a 200; empty while nobody answers so. */
    public java.util.Optional<String> get(String path) {
        try {
            HttpResponse<String> response = send(HttpRequest.newBuilder(uri(path)));
            return response.statusCode() == 200 ? java.util.Optional.of(response.body()) : java.util.Optional.empty();
        } catch (UncheckedIOException noAnswer) {
            return java.util.Optional.empty();
        }
    }

    public HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.header("Authorization", "Bearer " + TOKEN).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: no hook runs, nothing is flushed. */
    public void kill() {
        process.destroyForcibly();
        Await.until("the killed healer is gone", () -> !process.isAlive());
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
