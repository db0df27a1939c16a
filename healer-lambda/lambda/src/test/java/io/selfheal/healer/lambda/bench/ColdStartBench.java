package io.selfheal.healer.lambda.bench;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.partitioningBy;

import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.lambda.SayingEvents;
import io.selfheal.healer.lambda.runtime.FunctionProcess;
import io.selfheal.healer.lambda.runtime.Stage;
import io.selfheal.healer.lambda.training.AotTraining;
import io.selfheal.healer.lambda.training.HttpsFront;
import io.selfheal.healer.lambda.training.RuntimeApi;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * From the start of the process to the answer to its first event, which is an alarm: incident saved in DynamoDB Local, facts read
 * from the embedded ECS endpoint, decided on, wake-up asked for. As on AWS all of it over HTTPS, at the names that the SDK makes out of
 * the region; besides at endpoints over HTTP, which the environment names. The plain jar and the jar with an AOT cache by turns, on
 * processors 0 and 1; what it talks to has the others.
 */
public final class ColdStartBench {
    private static final int RUNS = Integer.getInteger("runs", 20);
    private static final int WARM_UPS = 2;
    private static final Path JAR = Path.of("target", "healer-lambda.jar");
    private static final Path CACHE = Path.of("target", "healer-lambda.aot");
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            // What a function of that size has, whose heap the JVM would begin small.
            "-XX:MaxRAM=1g",
            "-Xms64m",
            "-Xmn48m",
            "-XX:TieredStopAtLevel=1",
            "-XX:CompileThresholdScaling=10",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=CompileThresholdScaling,sun.security.util.math.intpoly.*::*,0.1",
            "-XX:CompileCommand=CompileThresholdScaling,java.math.BigInteger::*,0.1",
            "--enable-native-access=ALL-UNNAMED");

    /** More of them, for example to have class loading logged. */
    private static final String MORE_FLAGS = System.getProperty("flags", "");

    /**
     * One start.
     *
     * @param cpu processor time of the process until the first answer: what a busy machine does not change
     */
    private record Start(Duration ready, Duration answered, Duration cpu, Duration second, long residentBytes) {}

    /** A way to start it. */
    private record Variant(String name, List<String> flags, boolean https) {}

    private final Stage stage;
    private final HttpsFront aws;
    private final Path folder;
    private final TaskId task;

    private ColdStartBench(Path folder) throws IOException {
        this.folder = folder;
        this.stage = new Stage(folder);
        this.aws = new HttpsFront(folder, stage::behind);
        stage.fleet.run("order", 2);
        this.task = stage.running("order").getFirst();
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        AotTraining.train(CACHE, command(List.of()));
        ColdStartBench bench = new ColdStartBench(Files.createTempDirectory("cold-start"));
        List<String> cached = List.of("-XX:AOTCache=" + CACHE);
        List<Variant> variants = List.of(
                new Variant("AOT cache", cached, true),
                new Variant("plain jar", List.of(), true),
                new Variant("AOT cache, endpoints over HTTP", cached, false));
        Map<String, List<Start>> starts = new LinkedHashMap<>();
        for (int run = -WARM_UPS; run < RUNS; run++) {
            for (Variant variant : variants) {
                Start start = bench.start(variant, List.of());
                if (run >= 0) {
                    starts.computeIfAbsent(variant.name(), _ -> new ArrayList<>())
                            .add(start);
                }
            }
        }
        starts.forEach((variant, all) -> print(System.out, variant, all));
        for (Variant variant : variants) {
            bench.printClasses(System.out, variant);
        }
        bench.stage.close();
        System.exit(0);
    }

    private static List<String> command(List<String> flags) {
        List<String> command = new ArrayList<>(List.of(FunctionProcess.java()));
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(List.of("-jar", JAR.toString(), "io.selfheal.healer.lambda.HealerFunction"));
        return command;
    }

    /** Until the second answer; no machine is too busy to tell the same. */
    private void printClasses(PrintStream out, Variant variant) throws IOException {
        Path log = folder.resolve("classes.log");
        start(variant, List.of("-Xlog:class+load:file=" + log));
        try (Stream<String> lines = Files.lines(log)) {
            Map<Boolean, Long> classes = lines.filter(line -> line.contains(" source: "))
                    .collect(partitioningBy(line -> line.contains("shared objects file"), counting()));
            out.printf(
                    "%s: classes out of the cache or the JDK's own archive %d, others %d%n",
                    variant.name(), classes.get(true), classes.get(false));
        }
    }

    private Start start(Variant variant, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0,1"));
        List<String> more = new ArrayList<>(variant.flags());
        more.addAll(flags);
        MORE_FLAGS.lines().filter(flag -> !flag.isBlank()).forEach(more::add);
        if (variant.https()) {
            more.addAll(aws.flags());
        }
        command.addAll(command(more));
        try (RuntimeApi lambda = new RuntimeApi()) {
            Map<String, String> environment =
                    new HashMap<>(variant.https() ? stage.environmentOnAws(lambda) : stage.environment(lambda));
            environment.put("HEALER_POLICY", Stage.POLICIES.replace("mode: act", "mode: shadow"));
            environment.put("HEALER_DYNAMO_TABLE", Stage.table());
            String alarm = SayingEvents.eventBridge("ALARM", "order", task, Instant.now());
            CompletableFuture<RuntimeApi.Answer> first = CompletableFuture.supplyAsync(() -> lambda.invoke(alarm));
            long begun = System.nanoTime();
            try (FunctionProcess function = FunctionProcess.start(command, folder, environment)) {
                lambda.awaitReady();
                long ready = System.nanoTime();
                RuntimeApi.Answer answer = first.join();
                long answered = System.nanoTime();
                if (!(answer instanceof RuntimeApi.Answer.Response)) {
                    throw new IllegalStateException(answer + "\n" + function.log());
                }
                Duration cpu = function.cpu();
                long again = System.nanoTime();
                lambda.invoke(alarm);
                return new Start(
                        Duration.ofNanos(ready - begun),
                        Duration.ofNanos(answered - begun),
                        cpu,
                        Duration.ofNanos(System.nanoTime() - again),
                        function.residentBytes());
            }
        }
    }

    private static void print(PrintStream out, String variant, List<Start> starts) {
        out.printf(
                "%s: n %d; ready p50 %d ms, max %d ms; first answer p50 %d ms, max %d ms, processor time p50 %d ms; second answer p50 %d ms; resident %d MB%n",
                variant,
                starts.size(),
                share(starts, Start::ready, 0.5),
                share(starts, Start::ready, 1),
                share(starts, Start::answered, 0.5),
                share(starts, Start::answered, 1),
                share(starts, Start::cpu, 0.5),
                share(starts, Start::second, 0.5),
                starts.stream().mapToLong(Start::residentBytes).max().orElse(0) >> 20);
    }

    private static long share(List<Start> starts, Function<Start, Duration> of, double share) {
        List<Duration> sorted = starts.stream().map(of).sorted().toList();
        return sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1))
                .toMillis();
    }
}
