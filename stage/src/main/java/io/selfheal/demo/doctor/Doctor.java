package io.selfheal.demo.doctor;

import io.selfheal.demo.doctor.Finding.Level;
import io.selfheal.demo.stage.MonitoringTools;
import io.selfheal.demo.stage.Ports;
import io.selfheal.demo.stage.Preconditions;
import io.selfheal.demo.stage.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks at JDK, processors, memory, ports, tools and what is built; changes nothing. */
public final class Doctor {

    private static final int CORES = 4;

    private final Path root;
    private final Ports ports;

    public Doctor(Path root, Ports ports) {
        this.root = root;
        this.ports = ports;
    }

    /** Everything that was looked at. */
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>(List.of(jdk(), cores(), memory()));
        findings.addAll(ports());
        findings.add(tools());
        findings.add(shell());
        findings.add(built());
        return findings;
    }

    private static Finding jdk() {
        // Older JDKs cannot get here: the start script looks for the right one.
        return new Finding(Level.GOOD, "JDK", Runtime.version() + ", " + System.getProperty("java.home"), "");
    }

    private static Finding cores() {
        int cores = Runtime.getRuntime().availableProcessors();
        return cores >= CORES
                ? new Finding(Level.GOOD, "processors", String.valueOf(cores), "")
                : new Finding(
                        Level.WEAK,
                        "processors",
                        cores + " of " + CORES,
                        "it runs, but slower: give the machine more processors");
    }

    private static Finding memory() {
        Optional<Long> available = Preconditions.availableMegabytes();
        String state = available.map(megabytes -> megabytes + " MB available").orElse("not told by this system");
        String needed = ", " + Preconditions.NEEDED_MEGABYTES + " MB needed";
        return available
                        .filter(megabytes -> megabytes < Preconditions.NEEDED_MEGABYTES)
                        .isPresent()
                ? new Finding(
                        Level.BAD, "memory", state + needed, "close other programs, or give the machine more memory")
                : new Finding(Level.GOOD, "memory", state + needed, "");
    }

    private List<Finding> ports() {
        List<String> inUse = Preconditions.portsInUse(ports);
        return inUse.isEmpty()
                ? List.of(new Finding(
                        Level.GOOD, "ports", "all free: " + ports.all().values(), ""))
                : inUse.stream()
                        .map(sentence -> sentence.split(": ", 2))
                        .map(parts -> new Finding(Level.BAD, "ports", parts[0], parts[1]))
                        .toList();
    }

    private static Finding tools() {
        Optional<MonitoringTools.Tools> tools = MonitoringTools.find();
        if (tools.isPresent()) {
            return new Finding(
                    Level.GOOD,
                    "monitoring",
                    tools.get().prometheus() + ", " + tools.get().alertmanager(),
                    "");
        }
        String mend = MonitoringTools.installable()
                ? "nothing to do: ./demo installs both with apt-get"
                : MonitoringTools.mend()
                        + "; without them ./demo --no-prometheus runs the faults that the healer's own probe sees";
        return new Finding(Level.WEAK, "monitoring", "Prometheus or Alertmanager is not on the PATH", mend);
    }

    private static Finding shell() {
        return Files.isExecutable(Path.of("/bin/sh"))
                ? new Finding(Level.GOOD, "shell", "/bin/sh", "")
                : new Finding(
                        Level.WEAK,
                        "shell",
                        "no /bin/sh: if the demo itself is killed, its programs stay behind",
                        "end the demo with Ctrl-C, or run it in WSL");
    }

    private Finding built() {
        List<String> missing = Arrays.stream(Program.values())
                .filter(program -> !Files.exists(program.jar(root)))
                .map(Program::artifact)
                .toList();
        if (!missing.isEmpty()) {
            return new Finding(
                    Level.WEAK, "build", "not built: " + missing, "nothing to do: ./demo builds what is missing");
        }
        List<String> slow = Arrays.stream(Program.values())
                .filter(program -> !Files.exists(program.cache(root)))
                .map(Program::artifact)
                .toList();
        return slow.isEmpty()
                ? new Finding(Level.GOOD, "build", "programs and their AOT caches are there", "")
                : new Finding(
                        Level.WEAK,
                        "build",
                        "no AOT cache, so a slower start: " + slow,
                        "./mvnw -DskipTests package makes them, and says why when it cannot");
    }
}
