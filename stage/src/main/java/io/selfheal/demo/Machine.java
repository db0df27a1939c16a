package io.selfheal.demo;

import io.selfheal.demo.stage.StageFailed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What figures depend on and what tells whether two of them may stand in one table.
 *
 * @param commit the last one that changed what is measured; documents and the rest do not count
 * @param changed whether the working copy differs from it there
 * @param load processes that wanted a processor in the last minute
 */
record Machine(String commit, boolean changed, String name, String java, double load) {

    private static final List<String> MEASURED = List.of(
            "healer-lambda", "services", "localstack/embedded", "observability", "stage", "benchmarks", "pom.xml");
    private static final List<String> NOT_MEASURED = List.of(":!*.md", ":!*.jsonl", ":!*/src/test/*");
    private static final long SECONDS = 20;

    static Machine here(Path root) {
        List<String> paths = new ArrayList<>(MEASURED);
        paths.addAll(NOT_MEASURED);
        String commit = git(root, List.of("log", "-1", "--format=%h"), paths);
        String status = git(root, List.of("status", "--porcelain"), paths);
        return new Machine(
                commit.isBlank() ? "unknown" : commit.strip(),
                !status.isBlank(),
                "%d × %s, %s".formatted(processors(), processor(), memory()),
                System.getProperty("java.runtime.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** What two figures must have in common to be one. */
    String key() {
        return revision() + " on " + name + ", JDK " + java;
    }

    String revision() {
        return changed ? commit + ", changed" : commit;
    }

    /** For a page. */
    String sentence() {
        return String.format(
                Locale.ROOT, "Commit %s; %s; JDK %s; load average at the end %.1f", revision(), name, java, load);
    }

    /** For a line of results; may be added to. */
    Map<String, String> environment() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("commit", revision());
        map.put("machine", name);
        map.put("java", java);
        map.put("load", String.format(Locale.ROOT, "%.1f", load));
        return map;
    }

    /** All of them, also those that this process may not use. */
    private static long processors() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("processor"))
                    .count();
        } catch (IOException e) {
            return Runtime.getRuntime().availableProcessors();
        }
    }

    private static String processor() {
        return fromProc("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch"));
    }

    private static String memory() {
        return fromProc("/proc/meminfo", "MemTotal")
                .map(text -> Math.round(Double.parseDouble(text.replaceAll("\\D", "")) / (1024 * 1024)) + " GB")
                .orElse("unknown memory");
    }

    private static Optional<String> fromProc(String file, String key) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Empty where there is no git or no repository. */
    private static String git(Path root, List<String> arguments, List<String> paths) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        command.add("--");
        command.addAll(paths);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(SECONDS, TimeUnit.SECONDS) ? text : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageFailed("Interrupted while asking git.");
        }
    }
}
