package io.selfheal.demo.twins;

import io.selfheal.demo.stage.StageFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM with the serial collector has allocated: the young generation was filled once for each collection, by {@code jstat}, and holds so much now, by
 * {@code jcmd}, which unlike {@code jstat} also knows it between two collections.
 */
record Allocation(long collections, long fullCollections, double edenKb, double usedKb) {

    private static final Pattern YOUNG = Pattern.compile("DefNew\\s+total \\d+K, used (\\d+)K");

    static Allocation of(long pid) {
        String table = told("jstat", List.of("-gc", String.valueOf(pid)));
        return parse(table, told("jcmd", List.of(String.valueOf(pid), "GC.heap_info")));
    }

    static Allocation parse(String table, String heap) {
        List<String> lines = table.strip().lines().toList();
        if (lines.size() != 2) {
            throw new StageFailed("jstat gave no table: " + table);
        }
        List<String> names = List.of(lines.getFirst().strip().split("\\s+", -1));
        String[] values = lines.getLast().strip().split("\\s+", -1);
        Matcher young = YOUNG.matcher(heap);
        if (!young.find()) {
            throw new StageFailed("jcmd told no young generation of the serial collector: " + heap);
        }
        return new Allocation(
                (long) value(names, values, "YGC"),
                (long) value(names, values, "FGC"),
                value(names, values, "EC"),
                Double.parseDouble(young.group(1)));
    }

    private static String told(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", program).toString()));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StageFailed(program + " could not be started: " + e.getMessage(), e);
        }
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
