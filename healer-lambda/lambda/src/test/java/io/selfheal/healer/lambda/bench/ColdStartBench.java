package io.selfheal.healer.lambda.bench;

import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.lambda.SayingEvents;
import io.selfheal.healer.lambda.runtime.FunctionProcess;
import io.selfheal.healer.lambda.runtime.LocalDynamo;
import io.selfheal.healer.lambda.runtime.Stage;
import io.selfheal.healer.lambda.runtime.TlsFront;
import io.selfheal.healer.lambda.training.AotTraining;
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

/**
 * From the start of the process to the answer to its first event, which is an alarm: incident saved in DynamoDB Local, facts read
 * from the embedded ECS endpoint, decided on, wake-up asked for. The plain jar and the jar with an AOT cache by turns, the latter
 * also with all endpoints over HTTPS, on processors 0 and 1; what it talks to has the others.
 */
public final class ColdStartBench {
    private static final int RUNS = Integer.getInteger("runs", 20);
    private static final int WARM_UPS = 2;
    private static final Path JAR = Path.of("target", "healer-lambda.jar");
    private static final Path CACHE = Path.of("target", "healer-lambda.aot");
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:CompileThresholdScaling=10",
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
    private final TlsFront tls;
    private final Path folder;
    private final TaskId task;

    private ColdStartBench(Path folder) throws IOException {
        this.folder = folder;
        this.stage = new Stage(folder);
        this.tls = new TlsFront(folder);
        stage.fleet.run("order", 2);
        this.task = stage.fleet.running("order").getFirst();
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        AotTraining.train(CACHE, command(List.of()));
        ColdStartBench bench = new ColdStartBench(Files.createTempDirectory("cold-start"));
        List<String> cached = List.of("-XX:AOTCache=" + CACHE);
        List<Variant> variants = List.of(
                new Variant("plain jar", List.of(), false),
                new Variant("AOT cache", cached, false),
                new Variant("AOT cache, endpoints over HTTPS", cached, true));
        Map<String, List<Start>> starts = new LinkedHashMap<>();
        for (int run = -WARM_UPS; run < RUNS; run++) {
            for (Variant variant : variants) {
                Start start = bench.start(variant);
                if (run >= 0) {
                    starts.computeIfAbsent(variant.name(), _ -> new ArrayList<>())
                            .add(start);
                }
            }
        }
        starts.forEach((variant, all) -> print(System.out, variant, all));
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

    private Start start(Variant variant) throws IOException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0,1"));
        List<String> more = new ArrayList<>(variant.flags());
        MORE_FLAGS.lines().filter(flag -> !flag.isBlank()).forEach(more::add);
        if (variant.https()) {
            more.add("-Djavax.net.ssl.trustStore=" + tls.authorities());
        }
        command.addAll(command(more));
        try (RuntimeApi lambda = new RuntimeApi()) {
            Map<String, String> plain = stage.environment(lambda);
            Map<String, String> environment = new HashMap<>(variant.https() ? tls.inFrontOf(plain) : plain);
            environment.put("HEALER_POLICY", Stage.POLICIES.replace("mode: act", "mode: shadow"));
            environment.put("HEALER_DYNAMO_TABLE", LocalDynamo.table());
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
