package io.selfheal.demo.twins;

import io.selfheal.demo.stage.StageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux knows of a process. */
final class Procfs {

    /** {@code sysconf(_SC_CLK_TCK)}, which is 100 on every Linux that a JDK runs on. */
    private static final double TICKS_A_SECOND = 100;

    private static final double KB_IN_MB = 1024;
    /** utime and stime are fields 14 and 15; the second, the name, may hold blanks, so that counting begins after its end. */
    private static final int USER_TIME = 11;

    private final Path folder;

    Procfs(long pid) {
        this(Path.of("/proc", String.valueOf(pid)));
    }

    Procfs(Path folder) {
        this.folder = folder;
    }

    /** Processor time of the whole process until now, user and system. */
    double cpuSeconds() {
        String stat = text("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) / TICKS_A_SECOND;
    }

    /** Memory that it has of its own and shares. */
    double residentMegabytes() {
        return text("status")
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToDouble(Double::parseDouble)
                        .findFirst()
                        .orElseThrow(() -> new StageFailed(folder + "/status has no VmRSS: the process has ended"))
                / KB_IN_MB;
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new StageFailed(folder.resolve(file) + " cannot be read: " + e.getMessage(), e);
        }
    }
}
