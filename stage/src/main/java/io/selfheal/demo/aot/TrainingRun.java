package io.selfheal.demo.aot;

import io.selfheal.demo.http.Http;
import io.selfheal.demo.process.Child;
import io.selfheal.demo.process.ChildFailed;
import io.selfheal.demo.process.Children;
import io.selfheal.demo.stage.Program;
import io.selfheal.demo.stage.TrainingGround;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** Runs programs once, together, under small real work, and keeps what the JVM recorded. */
final class TrainingRun {

    private static final Duration READY = Duration.ofSeconds(60);
    /** The JVM writes the cache after the program has ended. */
    private static final Duration WRITTEN = Duration.ofMinutes(2);

    private static final Duration STEP = Duration.ofMillis(100);

    private final Path root;
    private final TrainingGround ground;
    private final Children children;
    private final BiConsumer<Program, String> warn;
    private final Map<Program, Child> running = new EnumMap<>(Program.class);

    private TrainingRun(Path root, TrainingGround ground, Children children, BiConsumer<Program, String> warn) {
        this.root = root;
        this.ground = ground;
        this.children = children;
        this.warn = warn;
    }

    /** Trains those programs; others are started too where these need them, without being recorded. */
    static void of(Path root, List<Program> recorded, BiConsumer<Program, String> warn) throws IOException {
        Path folder = Files.createDirectories(root.resolve("stage/target/aot-training"));
        Children children = new Children();
        Thread hook = new Thread(children::close);
        Runtime.getRuntime().addShutdownHook(hook);
        try (children;
                TrainingGround ground = TrainingGround.open(root, folder)) {
            TrainingRun run = new TrainingRun(root, ground, children, warn);
            run.prepare();
            for (Program program : Program.values()) {
                run.start(program, recorded.contains(program), folder);
            }
            recorded.forEach(run::awaitReady);
            run.ground.exercise();
            // All at once: each JVM then writes its cache, which takes a processor for some seconds.
            recorded.stream().map(run.running::get).filter(Objects::nonNull).forEach(Child::terminate);
            for (Program program : recorded) {
                run.finish(program);
            }
        }
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void prepare() {
        try {
            ground.prepare();
        } catch (ChildFailed e) {
            warn.accept(Program.HEALER, String.valueOf(e.getMessage()));
        }
    }

    private void start(Program program, boolean recorded, Path folder) throws IOException {
        Path log = folder.resolve(program.artifact() + ".log");
        Files.deleteIfExists(log);
        List<String> command = recorded ? program.training(root, fresh(program)) : program.command(root);
        try {
            running.put(program, children.start(ground.command(program, command, log)));
        } catch (ChildFailed e) {
            warn.accept(program, String.valueOf(e.getMessage()));
        }
    }

    private void awaitReady(Program program) {
        Child child = running.get(program);
        URI uri = ground.ready(program);
        long end = System.nanoTime() + READY.toNanos();
        while (child != null
                && child.alive()
                && System.nanoTime() < end
                && !Http.get(uri, Duration.ofSeconds(1)).ok()) {
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    private void finish(Program program) throws IOException {
        Child child = running.get(program);
        if (child == null) {
            return;
        }
        try {
            if (child.endsWithin(WRITTEN)
                    && child.endedWell()
                    && Files.exists(fresh(program))
                    && Files.size(fresh(program)) > 0) {
                Files.move(fresh(program), program.cache(root), StandardCopyOption.REPLACE_EXISTING);
            } else {
                warn.accept(
                        program, String.valueOf(child.failure("wrote no cache").getMessage()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path fresh(Program program) {
        return program.cache(root).resolveSibling(program.artifact() + ".aot.new");
    }
}
