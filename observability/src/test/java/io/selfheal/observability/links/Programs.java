package io.selfheal.observability.links;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Child processes, each with a log of its own; all of them end with the test. */
final class Programs implements AutoCloseable {
    private final Path folder;
    private final List<Process> running = new ArrayList<>();

    Programs(Path folder) {
        this.folder = folder;
    }

    /** Skips the test where one of them is missing, in one line. */
    static void require(Path root, List<List<String>> names) {
        List<String> missing = new ArrayList<>();
        for (List<String> alternatives : names) {
            if (alternatives.stream()
                    .flatMap(name -> find(name).stream())
                    .findFirst()
                    .isEmpty()) {
                missing.add(alternatives.getFirst());
            }
        }
        for (String service : List.of("user", "product", "order")) {
            if (!Files.exists(jar(root, service))) {
                missing.add(jar(root, service).toString());
            }
        }
        if (!missing.isEmpty()) {
            System.err.println(
                    "The links between traces, logs and metrics are not followed here, for there is no " + missing);
            abort("there is no " + missing);
        }
    }

    static Path jar(Path root, String service) {
        return root.resolve("services/" + service + "/target/shop-" + service + ".jar");
    }

    static String path(String... alternatives) {
        return Stream.of(alternatives)
                .flatMap(name -> find(name).stream())
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private static Optional<Path> find(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(dir -> Path.of(dir, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Process start(String name, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            running.add(process);
            return process;
        } catch (IOException e) {
            throw new AssertionError("cannot start " + name, e);
        }
    }

    /** Resident memory as Linux counts it, in MiB. */
    static long residentMib(Process process) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status"))
                            .lines()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        } catch (IOException e) {
            throw new AssertionError("process " + process.pid() + " is gone", e);
        }
    }

    static void end(Process process) {
        process.destroyForcibly();
        try {
            process.waitFor(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        running.reversed().forEach(Programs::end);
    }
}
