package io.selfheal.demo.twins;

import io.selfheal.demo.stage.Program;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The order service in all its forms: the database in the process, the neighbours for user and product, and the same JVM flags. */
final class Subjects {

    static final String OURS = "ours";
    static final String AGAIN = "ours, again";
    static final String SPRING = "Spring Boot";
    static final String FASTAPI = "FastAPI";
    static final String ON = "on";
    static final String ON_AGAIN = "on, again";
    static final String OFF = "off";
    static final String WITHOUT_TRACES = "metrics and log lines";
    static final String AGENT = "OpenTelemetry's agent";

    private static final String ORDERS = "/orders?size=1";
    /** More than anybody writes. */
    private static final String EVERY_LINE = "1000000";

    private final Path root;
    private final URI neighbours;

    Subjects(Path root, URI neighbours) {
        this.root = root;
        this.neighbours = neighbours;
    }

    /** Metrics and every log line, and no traces, as in the twins. */
    Subject ours(String name) {
        return order(name, command(), Map.of("OTEL_SDK_DISABLED", "true", "LOG_LINES_PER_SECOND", EVERY_LINE));
    }

    /** As it ships, so that it leaves an AOT cache for all its forms here behind: the build's knows nothing of a database in the process. */
    Subject oursInTraining() {
        return order("ours, in training", Program.ORDER.training(root, cache()), traced());
    }

    Path cache() {
        return root.resolve("benchmarks/target/order.aot");
    }

    Subject spring() {
        return new Subject(SPRING, springCommand("-XX:AOTCache=" + springCache()), neighbours(), true, ORDERS);
    }

    /** So that it leaves its AOT cache behind. */
    Subject springInTraining() {
        return new Subject(
                "Spring Boot, in training",
                springCommand("-XX:AOTCacheOutput=" + springCache()),
                neighbours(),
                true,
                ORDERS);
    }

    Path springJar() {
        return target().resolve("application/order-spring-boot.jar");
    }

    Path springCache() {
        return target().resolve("application/order-spring-boot.aot");
    }

    Subject fastApi() {
        return python(FASTAPI, "benchmarks/fastapi", "order:app", neighbours(), ORDERS);
    }

    /** A Python twin, on one worker: several share nothing, and cost no less a request. */
    Subject python(String name, String folder, String application, Map<String, String> environment, String ready) {
        Path python = root.resolve("benchmarks/target/venv/bin/python");
        // The port comes by the environment; a shell would hide the process.
        String start = "import os, uvicorn; uvicorn.run('%s', host='127.0.0.1', port=int(os.environ['PORT']),"
                        .formatted(application)
                + " loop='uvloop', http='httptools', access_log=False, log_config=None, app_dir='%s')"
                        .formatted(root.resolve(folder));
        return new Subject(name, List.of(python.toString(), "-c", start), environment, false, ready);
    }

    /** As it ships: metrics, traces that go to a collector, log lines. */
    Subject telemetryOn(String name) {
        return order(name, command(), traced());
    }

    Subject withoutTraces() {
        return order(WITHOUT_TRACES, command(), Map.of("OTEL_SDK_DISABLED", "true"));
    }

    /** No traces, no log lines, and metrics that nobody can read. */
    Subject telemetryOff(String name) {
        return order(
                name,
                command(),
                Map.of("OTEL_SDK_DISABLED", "true", "LOG_LEVEL", "OFF", "SHOP_REQUEST_METRICS_ENABLED", "false"));
    }

    /** Everything of OpenTelemetry by its agent, nothing of it by us; our own metrics stay, since they cannot be had off. */
    Subject agent() {
        List<String> command = new ArrayList<>(command());
        command.add(1, "-javaagent:" + agentJar());
        // The agent has its own; ours would be a second.
        command.add(2, "-Dmicronaut.config.files=" + root.resolve("benchmarks/agent.properties"));
        return order(
                AGENT,
                command,
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", neighbours.toString(),
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                        "OTEL_SERVICE_NAME", "order",
                        "OTEL_METRICS_EXPORTER", "none",
                        "OTEL_LOGS_EXPORTER", "none"));
    }

    Path agentJar() {
        return root.resolve("benchmarks/target/opentelemetry-javaagent.jar");
    }

    private Subject order(String name, List<String> command, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(neighbours());
        all.putAll(environment);
        return new Subject(name, command, all, true, ORDERS);
    }

    private List<String> command() {
        return withFlagsOfOurs("-XX:AOTCache=" + cache(), Program.ORDER.jar(root));
    }

    private List<String> springCommand(String cache) {
        return withFlagsOfOurs(cache, springJar());
    }

    private List<String> withFlagsOfOurs(String cache, Path jar) {
        List<String> command = Program.ORDER.command(root);
        List<String> flags = new ArrayList<>(command.subList(0, command.indexOf("-jar")));
        flags.removeIf(word -> word.startsWith("-XX:AOTCache="));
        flags.addAll(List.of(cache, "-jar", jar.toString()));
        return flags;
    }

    private Map<String, String> traced() {
        return Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", neighbours.toString());
    }

    private Map<String, String> neighbours() {
        return Map.of("USER_URL", neighbours.toString(), "PRODUCT_URL", neighbours.toString());
    }

    private Path target() {
        return root.resolve("benchmarks/spring-boot/target");
    }

    /** Whether the Python twins can be started. */
    boolean hasPython() {
        return Files.isExecutable(root.resolve("benchmarks/target/venv/bin/python"));
    }
}
