package io.selfheal.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which processes belong to which task, written down so that the next endpoint can end what a crashed one has left. */
public final class PidRecord {
    private static final String FILE = "pids";
    /** The same process reads its start time with this much difference at most. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private PidRecord() {}

    /** A line {@code pid start-millis name}: the start time tells the process from a later one with the same pid. */
    public static void add(Path task, long pid, String name) throws IOException {
        long start = ProcessHandle.of(pid)
                .flatMap(p -> p.info().startInstant())
                .map(Instant::toEpochMilli)
                .orElse(0L);
        Files.writeString(
                task.resolve(FILE),
                pid + " " + start + " " + name + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    public static void clear(Path task) throws IOException {
        Files.deleteIfExists(task.resolve(FILE));
    }

    /** Kills what the records of all tasks name and still lives, with its children, and says what it was. */
    public static List<String> reap(Path root) throws IOException {
        List<String> reaped = new ArrayList<>();
        try (Stream<Path> tasks = Files.list(root.resolve("tasks"))) {
            for (Path task : tasks.toList()) {
                Path file = task.resolve(FILE);
                if (!Files.isRegularFile(file)) {
                    continue;
                }
                for (String line : Files.readAllLines(file)) {
                    living(line).ifPresent(process -> {
                        process.descendants().forEach(ProcessHandle::destroyForcibly);
                        process.destroyForcibly();
                        reaped.add("task " + task.getFileName() + " (pid " + process.pid() + ")");
                    });
                }
                Files.delete(file);
            }
        }
        return reaped;
    }

    private static Optional<ProcessHandle> living(String line) {
        String[] parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[0].matches("\\d{1,18}") || !parts[1].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        Instant recorded = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .filter(start -> Duration.between(recorded, start).abs().compareTo(TOLERANCE) < 0)
                        .isPresent());
    }
}
