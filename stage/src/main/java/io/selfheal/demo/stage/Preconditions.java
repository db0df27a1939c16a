package io.selfheal.demo.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must hold before anything is started; each refusal says how to mend it. */
public final class Preconditions {

    /** Six tasks of about 170 MB, the healer, ECS, Prometheus, Alertmanager and the stage: measured about 1.7 GB. */
    public static final long NEEDED_MEGABYTES = 2_200;

    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private Preconditions() {}

    /** Throws with everything that is wrong. */
    static void check(StageOptions options) {
        Path root = options.root();
        List<String> wrong = new ArrayList<>();
        for (Program program : Program.values()) {
            if (!Files.exists(program.jar(root))) {
                wrong.add(program.jar(root) + " is missing: run ./mvnw -DskipTests package (./demo does)");
            }
        }
        wrong.addAll(
                inUse(options.ports().of(options.healerOn(), options.tools().isPresent())));
        availableMegabytes()
                .filter(available -> available < NEEDED_MEGABYTES)
                .ifPresent(available -> wrong.add(
                        "too little memory: %d MB available, %d MB needed: close other programs, or give the machine more"
                                .formatted(available, NEEDED_MEGABYTES)));
        if (!wrong.isEmpty()) {
            throw new StageFailed("The stage cannot be set up:\n  - " + String.join("\n  - ", wrong));
        }
    }

    /** One sentence for each port that somebody else has. */
    public static List<String> portsInUse(Ports ports) {
        return inUse(ports.all());
    }

    private static List<String> inUse(Map<String, Integer> ports) {
        List<String> inUse = new ArrayList<>();
        for (Map.Entry<String, Integer> port : ports.entrySet()) {
            if (!Ports.free(port.getValue())) {
                inUse.add("port %d (%s) is in use: stop what listens there, or shift all ports with --port-offset 1000"
                        .formatted(port.getValue(), port.getKey()));
            }
        }
        return inUse;
    }

    /** What programs can still take, where the system tells. */
    public static Optional<Long> availableMegabytes() {
        if (!Files.isReadable(MEMINFO)) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(MEMINFO).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
