package io.selfheal.healer.local;

import static org.junit.jupiter.api.Assumptions.abort;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.testkit.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The installed Prometheus on a folder; the test is skipped where there is none. */
final class RealPrometheus implements AutoCloseable {
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

    private final Process process;
    private final URI address;

    private RealPrometheus(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static Path program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> abort("no " + name + " on the PATH (Debian: apt-get install prometheus)"));
    }

    /** Its database is the folder's {@code data}. */
    static RealPrometheus start(Path directory, String configuration, String... more)
            throws IOException, InterruptedException {
        Path program = program("prometheus");
        int port = FreePort.find();
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--config.file=" + Files.writeString(directory.resolve("prometheus.yml"), configuration),
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port));
        command.addAll(List.of(more));
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RealPrometheus prometheus = new RealPrometheus(process, URI.create("http://127.0.0.1:" + port));
        prometheus.awaitReady(log);
        return prometheus;
    }

    private void awaitReady(Path log) throws InterruptedException {
        PromQl asked = new PromQl(address, Duration.ofSeconds(5), InstantSource.system());
        Instant end = Instant.now().plus(STARTS_WITHIN);
        while (asked.query("vector(1)", Instant.now()) instanceof Fact.Unknown<?>(String why)) {
            if (process.waitFor(Duration.ofMillis(50)) || Instant.now().isAfter(end)) {
                throw new AssertionError(why + "\n" + logged(log));
            }
        }
    }

    static String logged(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
