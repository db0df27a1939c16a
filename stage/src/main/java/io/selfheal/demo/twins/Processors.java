package io.selfheal.demo.twins;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Who runs on which processors: what is measured on the first two, everything else on the others, where there are enough. */
final class Processors {

    private static final int ENOUGH = 4;
    private static final String MEASURED = "0,1";

    private final boolean apart;

    private Processors(boolean apart) {
        this.apart = apart;
    }

    /** Moves this very process, all its threads, to the others. */
    static Processors divide() {
        int all = Runtime.getRuntime().availableProcessors();
        if (all < ENOUGH || !onPath("taskset")) {
            return new Processors(false);
        }
        String pid = String.valueOf(ProcessHandle.current().pid());
        return new Processors(run(List.of("taskset", "-a", "-p", "-c", "2-" + (all - 1), pid)));
    }

    List<String> measured(List<String> command) {
        if (!apart) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", MEASURED));
        pinned.addAll(command);
        return pinned;
    }

    /** For a report. */
    String sentence() {
        return apart
                ? "measured programs on processors 0 and 1, clients on the others"
                : "clients on the same processors";
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static boolean run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
