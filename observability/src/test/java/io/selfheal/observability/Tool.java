package io.selfheal.observability;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A command-line tool from the PATH; a test that needs a missing one is skipped and says so. */
public record Tool(String name) {
    public static final Tool PROMTOOL = new Tool("promtool");
    public static final Tool AMTOOL = new Tool("amtool");
    public static final Tool PROMETHEUS = new Tool("prometheus");
    static final Tool ALERTMANAGER = new Tool("prometheus-alertmanager");
    /** The whole distribution, or one with our components only. */
    static final Optional<Tool> COLLECTOR = Stream.of("otelcol-contrib", "otelcol")
            .map(Tool::new)
            .filter(Tool::onPath)
            .findFirst();

    /** What a collector on ECS would find. Made up, so that a check never looks for the credentials of whoever runs it. */
    private static final Map<String, String> PRETENDED = Map.of(
            "AWS_REGION", "eu-central-1",
            "AWS_ACCESS_KEY_ID", "made-up",
            "AWS_SECRET_ACCESS_KEY", "made-up",
            "AWS_EC2_METADATA_DISABLED", "true",
            "AWS_SHARED_CREDENTIALS_FILE", "none",
            "AWS_CONFIG_FILE", "none",
            "ECS_CONTAINER_METADATA_URI_V4", "http://127.0.0.1:9/v4/none",
            "OTEL_SERVICE_NAME", "order");

    /** What was said once need not be said for every test. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    public record Run(int exit, String output) {}

    /** Its name, if it is there; else the test that asks is skipped. */
    String orSkip() {
        if (!onPath()) {
            String why = name + " is not on the PATH (Debian: apt-get install prometheus prometheus-alertmanager)";
            if (SAID.add(name)) {
                System.err.println("Tests of alert rules, routes or dashboards are skipped: " + why);
            }
            abort(why);
        }
        return name;
    }

    public Run run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(orSkip()));
        command.addAll(Arrays.asList(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(PRETENDED);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was interrupted", e);
        }
    }

    boolean onPath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(dir ->
                        Files.isExecutable(Path.of(dir, name)) || Files.isExecutable(Path.of(dir, name + ".exe")));
    }
}
