package io.selfheal.observability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A foreign program that serves HTTP for the time of a test; closing it waits for its end. */
public final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final URI base;

    private Program(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /** Starts it on a free port, and returns when it says that it is ready. */
    public static Program start(Tool tool, Path log, List<String> arguments) throws IOException, InterruptedException {
        String address = "127.0.0.1:" + FreePort.find();
        List<String> command = new ArrayList<>(List.of(tool.orSkip()));
        command.addAll(arguments);
        command.add("--web.listen-address=" + address);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Program program = new Program(process, URI.create("http://" + address));
        try {
            program.awaitReady(log);
            return program;
        } catch (IllegalStateException e) {
            program.close();
            throw e;
        }
    }

    public URI address() {
        return base;
    }

    public String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET().build());
    }

    public String post(String path, String type, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    private void awaitReady(Path log) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                HttpRequest ready =
                        HttpRequest.newBuilder(base.resolve("/-/ready")).build();
                if (HTTP.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not there yet: it is asked again until patience ends.
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("the program did not become ready; its log is " + log);
    }
}
