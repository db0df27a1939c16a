package io.selfheal.healer.lambda.runtime;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The function in a JVM of its own, driven by Lambda's runtime client, as in an image of one's own. */
public final class FunctionProcess implements AutoCloseable {
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String HANDLER = "io.selfheal.healer.lambda.HealerFunction";

    private final Process process;
    private final Path log;

    private FunctionProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Out of the classes of this build. */
    public static FunctionProcess start(Path folder, Map<String, String> environment, String... flags) {
        List<String> command =
                new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx96m"));
        command.addAll(Arrays.asList(flags));
        command.addAll(List.of("-cp", classPath(), CLIENT, HANDLER));
        return start(command, folder, environment);
    }

    /** Any command that ends in the function. */
    public static FunctionProcess start(List<String> command, Path folder, Map<String, String> environment) {
        try {
            Path log = Files.createTempFile(folder, "function", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(
                            name -> name.startsWith("HEALER_") || name.startsWith("AWS_") || name.startsWith("JAVA_"));
            builder.environment()
                    .putAll(Map.of(
                            "AWS_REGION",
                            "us-east-1",
                            "AWS_LAMBDA_FUNCTION_NAME",
                            "healer",
                            "AWS_LAMBDA_FUNCTION_VERSION",
                            "1",
                            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                            "512",
                            "AWS_LAMBDA_LOG_GROUP_NAME",
                            "/aws/lambda/healer",
                            "AWS_LAMBDA_LOG_STREAM_NAME",
                            "1"));
            builder.environment().putAll(environment);
            return new FunctionProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Without what only the test runs, which has logging of its own. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*(DynamoDBLocal|log4j|logback|test-classes).*"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time since its start, all threads together. */
    public Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("the system tells no processor times"));
    }

    /** Resident memory, in bytes. */
    public long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** SIGTERM, as Lambda ends a process in good order; returns when it is gone. */
    public void terminate() {
        process.destroy();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
