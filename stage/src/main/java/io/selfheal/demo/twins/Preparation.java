package io.selfheal.demo.twins;

import io.selfheal.demo.http.Http;
import io.selfheal.demo.process.Children;
import io.selfheal.demo.process.LogTail;
import io.selfheal.demo.stage.StageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Builds the twins where they are not built: with Maven, and with pip into a folder of its own. */
final class Preparation {

    private static final long MINUTES = 15;
    /** As much as the build trains ours with. */
    private static final int TRAINING = 320;

    private static final String AGENT = "io.opentelemetry.javaagent:opentelemetry-javaagent:2.20.1";

    private final Path root;
    private final Path folder;
    private final Consumer<String> say;

    Preparation(Path root, Path folder, Consumer<String> say) {
        this.root = root;
        this.folder = folder;
        this.say = say;
    }

    /** Each time: a cache of another build is not used, and nothing says so. */
    void ours(Subjects subjects, Processors processors, Children children, ClosedLoop clients) {
        say.accept("training the AOT cache of order with a database in the process");
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(subjects.cache());
        } catch (IOException e) {
            throw new StageFailed("The old AOT cache cannot be replaced: " + e.getMessage(), e);
        }
        train(subjects.oursInTraining(), List.of("/health", "/prometheus"), processors, children, clients);
        require(subjects.cache(), subjects.oursInTraining());
    }

    /** Packaged, extracted as Spring's manual says, and trained under the same work as ours. */
    void spring(Subjects subjects, Processors processors, Children children, ClosedLoop clients) {
        if (Files.exists(subjects.springCache())) {
            return;
        }
        say.accept("building the twin on Spring Boot");
        Path pom = root.resolve("benchmarks/spring-boot/pom.xml");
        run("spring-build", List.of(mvnw(), "-q", "-f", pom.toString(), "package"));
        Path target = root.resolve("benchmarks/spring-boot/target");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        run(
                "spring-extract",
                List.of(
                        java.toString(),
                        "-Djarmode=tools",
                        "-jar",
                        target.resolve("order-spring-boot.jar").toString(),
                        "extract",
                        "--force",
                        "--destination",
                        target.resolve("application").toString()));
        say.accept("training its AOT cache");
        train(
                subjects.springInTraining(),
                List.of("/actuator/health", "/actuator/prometheus"),
                processors,
                children,
                clients);
        require(subjects.springCache(), subjects.springInTraining());
    }

    private void train(
            Subject subject, List<String> looks, Processors processors, Children children, ClosedLoop clients) {
        Running training = Running.start(subject, processors, children, folder);
        clients.prime(training.url());
        clients.send(training.url(), TRAINING);
        for (String path : looks) {
            Http.get(training.url().resolve(path), Duration.ofSeconds(5));
        }
        training.stop();
    }

    private void require(Path cache, Subject trained) {
        if (!Files.exists(cache)) {
            throw new StageFailed(
                    trained.name() + ": left no AOT cache.\n" + LogTail.of(folder.resolve(trained.name() + ".log")));
        }
    }

    void python(Subjects subjects) {
        if (subjects.hasPython()) {
            return;
        }
        say.accept("installing FastAPI into benchmarks/target/venv");
        Path venv = root.resolve("benchmarks/target/venv");
        run("python-venv", List.of("python3", "-m", "venv", venv.toString()));
        run(
                "python-install",
                List.of(
                        venv.resolve("bin/python").toString(),
                        "-m",
                        "pip",
                        "install",
                        "-q",
                        "-r",
                        root.resolve("benchmarks/requirements.txt").toString()));
    }

    void agent(Subjects subjects) {
        if (Files.exists(subjects.agentJar())) {
            return;
        }
        say.accept("fetching OpenTelemetry's agent");
        run(
                "agent",
                List.of(
                        mvnw(),
                        "-q",
                        "-f",
                        root.resolve("benchmarks/spring-boot/pom.xml").toString(),
                        "dependency:copy",
                        "-Dartifact=" + AGENT,
                        "-Dmdep.stripVersion=true",
                        "-DoutputDirectory=" + root.resolve("benchmarks/target")));
    }

    /** What the bench of the healer's intake prints; it starts a healer of its own on the same processors. */
    String intakeBench() {
        say.accept("IntakeBench, for some two minutes");
        run(
                "intake-bench",
                List.of(
                        mvnw(),
                        "-q",
                        "-Pbench",
                        "-Dbench=IntakeBench",
                        "-DskipTests",
                        "-pl",
                        "healer-lambda/server",
                        "-am",
                        "package"));
        try {
            return Files.readString(folder.resolve("intake-bench.log"));
        } catch (IOException e) {
            throw new StageFailed("The log of IntakeBench cannot be read: " + e.getMessage(), e);
        }
    }

    private String mvnw() {
        String name = System.getProperty("os.name").startsWith("Windows") ? "mvnw.cmd" : "mvnw";
        return root.resolve(name).toString();
    }

    private void run(String name, List<String> command) {
        Path log = folder.resolve(name + ".log");
        try {
            Files.createDirectories(folder);
            Process process = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(devNull()))
                    .start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new StageFailed("'" + String.join(" ", command) + "' failed.\n" + LogTail.of(log));
            }
        } catch (IOException e) {
            throw new StageFailed("'" + command.getFirst() + "' could not be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageFailed("Interrupted while building a twin.");
        }
    }

    private static java.io.File devNull() {
        return new java.io.File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }
}
