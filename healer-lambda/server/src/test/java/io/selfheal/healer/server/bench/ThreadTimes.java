package io.selfheal.healer.server.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Nanoseconds that the threads of a process ran, by what they do; Linux tells them by name and to the nanosecond. */
record ThreadTimes(Map<String, Long> nanos) {
    static final String NETWORK = "network";
    static final String WORKERS = "workers";
    static final String JVM = "JVM";
    static final String OTHERS = "others";

    static ThreadTimes of(long process) {
        Map<String, Long> nanos = new TreeMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process + "/task"))) {
            for (Path thread : threads.toList()) {
                read(thread, nanos);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("this bench reads the times of threads where Linux keeps them", e);
        }
        return new ThreadTimes(nanos);
    }

    private static void read(Path thread, Map<String, Long> nanos) throws IOException {
        List<String> files;
        try {
            files = List.of(Files.readString(thread.resolve("comm")), Files.readString(thread.resolve("schedstat")));
        } catch (NoSuchFileException ended) {
            return;
        }
        nanos.merge(role(files.getFirst()), ran(files.getLast()), Long::sum);
    }

    /** The first of the three numbers of a line of schedstat. */
    private static long ran(String schedstat) {
        return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    }

    /** Fifteen characters of a name are left here. */
    private static String role(String name) {
        if (name.startsWith("default-eventLo")) {
            return NETWORK;
        }
        if (name.matches(
                "(?s)(C[12] Compiler|GC |VM |G1 |Signal|Finalizer|Reference|Common-Cleaner|Service|Monitor|Notif).*")) {
            return JVM;
        }
        return name.startsWith("ForkJoinPool")
                        || name.startsWith("io-exec")
                        || name.startsWith("blocking")
                        || name.startsWith("virtual")
                ? WORKERS
                : OTHERS;
    }

    ThreadTimes since(ThreadTimes earlier) {
        Map<String, Long> spent = new TreeMap<>();
        nanos.forEach((role, time) -> spent.put(role, time - earlier.nanos.getOrDefault(role, 0L)));
        return new ThreadTimes(spent);
    }

    long of(String role) {
        return nanos.getOrDefault(role, 0L);
    }

    long all() {
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }
}
