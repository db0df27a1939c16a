package io.selfheal.demo.aot;

import io.selfheal.demo.stage.Program;
import io.selfheal.demo.stage.StageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Called by the build when all programs are packaged: makes an AOT cache for each program whose jars changed, and leaves a
 * stamp that tells {@code ./demo} that everything is built. A failed training never fails the build; it says why, and the
 * program then starts more slowly.
 */
public final class AotTrainer {

    private final Path root;

    private AotTrainer(Path root) {
        this.root = root;
    }

    /** Arguments: the repository, whether to train at all, and when the build began (ISO-8601). */
    public static void main(String[] arguments) throws IOException {
        AotTrainer trainer = new AotTrainer(Path.of(arguments[0]).toRealPath());
        if (Boolean.parseBoolean(arguments[1])) {
            trainer.train();
        }
        trainer.stamp(Instant.parse(arguments[2]));
    }

    private void train() throws IOException {
        List<Program> stale = new ArrayList<>();
        for (Program program : Program.values()) {
            if (!Files.exists(program.jar(root))) {
                warn(program, "its jar is missing");
            } else if (!fresh(program)) {
                stale.add(program);
            }
        }
        if (stale.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        for (Program program : stale) {
            Files.deleteIfExists(program.cache(root));
        }
        try {
            TrainingRun.of(root, stale, AotTrainer::warn);
        } catch (StageFailed e) {
            stale.forEach(program -> warn(program, String.valueOf(e.getMessage())));
        }
        for (Program program : stale) {
            Files.writeString(fingerprintFile(program), fingerprint(program));
        }
        System.out.printf(
                "[INFO] AOT caches: %s in %.1f s%n",
                stale.stream()
                        .filter(program -> Files.exists(program.cache(root)))
                        .map(Program::artifact)
                        .toList(),
                Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
    }

    /** Whether there is a cache of these very jars. A training that failed is tried again at the next build. */
    private boolean fresh(Program program) throws IOException {
        Path file = fingerprintFile(program);
        return Files.exists(program.cache(root))
                && Files.exists(file)
                && Files.readString(file).equals(fingerprint(program));
    }

    private String fingerprint(Program program) throws IOException {
        return Fingerprint.of(program.jar(root), program.training(root, program.cache(root)));
    }

    private Path fingerprintFile(Program program) {
        return program.cache(root).resolveSibling(program.artifact() + ".aot.trained");
    }

    /** Sources saved after the build began are newer than the stamp, so that they are built at the next start. */
    private void stamp(Instant buildBegan) throws IOException {
        Path stamp = root.resolve("stage/target/built");
        Files.writeString(stamp, "The build that ./demo starts from.\n");
        Files.setLastModifiedTime(stamp, FileTime.from(buildBegan));
    }

    private static void warn(Program program, String why) {
        System.out.println("[WARNING] no AOT cache for " + program.artifact() + ", it will start more slowly: " + why);
    }
}
