package io.selfheal.demo.twins;

import io.selfheal.demo.stage.StageFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a JVM with the serial collector has allocated, by {@code jstat}, which reads the JVM's counters from outside: the young generation was filled once for
 * each collection, and holds so much since the last.
 */
record Allocation(long collections, long fullCollections, double edenKb, double usedKb) {

    static Allocation of(long pid) {
        String jstat = Path.of(System.getProperty("java.home"), "bin", "jstat").toString();
        try {
            Process process = new ProcessBuilder(jstat, "-gc", String.valueOf(pid))
                    .redirectErrorStream(true)
                    .start();
            return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StageFailed("jstat could not be started: " + e.getMessage(), e);
        }
    }

    static Allocation parse(String table) {
        List<String> lines = table.strip().lines().toList();
        if (lines.size() != 2) {
            throw new StageFailed("jstat gave no table: " + table);
        }
        List<String> names = List.of(lines.getFirst().strip().split("\\s+", -1));
        String[] values = lines.getLast().strip().split("\\s+", -1);
        return new Allocation(
                (long) value(names, values, "YGC"),
                (long) value(names, values, "FGC"),
                value(names, values, "EC"),
                value(names, values, "EU"));
    }

    private static double value(List<String> names, String[] values, String name) {
        int at = names.indexOf(name);
        if (at < 0 || at >= values.length) {
            throw new StageFailed("jstat told no " + name);
        }
        return Double.parseDouble(values[at]);
    }

    /** Kilobytes since then; empty when a full collection came between, which moves the bounds. */
    Optional<Double> since(Allocation before) {
        return fullCollections == before.fullCollections && edenKb == before.edenKb
                ? Optional.of((collections - before.collections) * edenKb + usedKb - before.usedKb)
                : Optional.empty();
    }
}
