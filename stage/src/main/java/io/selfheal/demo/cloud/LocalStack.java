package io.selfheal.demo.cloud;

import io.selfheal.demo.http.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The LocalStack to use: one that runs already, or a container that is started for this and stopped with it. */
public final class LocalStack implements AutoCloseable {

    private static final Duration ONE_TRY = Duration.ofSeconds(2);
    private static final long PULL_MINUTES = 10;
    private static final long QUICK_MINUTES = 1;

    private final URI endpoint;
    private final List<String> compose;

    private LocalStack(URI endpoint, List<String> compose) {
        this.endpoint = endpoint;
        this.compose = List.copyOf(compose);
    }

    /**
     * Throws with a sentence when there is neither.
     *
     * @param given what {@code AWS_ENDPOINT_URL} says; empty where it is not set
     * @param port of the container on loopback
     */
    public static LocalStack find(Path root, String given, int port, Consumer<String> say) {
        if (!given.isEmpty()) {
            return running(URI.create(given));
        }
        List<String> compose = List.of(
                "docker",
                "compose",
                "-f",
                root.resolve("localstack/compose.yaml").toString());
        if (!succeeds(List.of("docker", "info"), QUICK_MINUTES)) {
            throw new CloudFailed(
                    "--localstack needs Docker, or a LocalStack that already runs: set AWS_ENDPOINT_URL to it, for example"
                            + " http://127.0.0.1:4566. Without Docker, '.ci/aws-endpoint serve' starts one from PyPI.");
        }
        say.accept("LocalStack, by docker compose (the first time it fetches the image)");
        LocalStack started = new LocalStack(URI.create("http://127.0.0.1:" + port), compose);
        if (!succeeds(with(compose, "up", "-d", "--wait", "localstack"), PULL_MINUTES)) {
            started.close();
            throw new CloudFailed(
                    "LocalStack does not start: 'docker compose -f localstack/compose.yaml up localstack' says why.");
        }
        return started;
    }

    private static LocalStack running(URI endpoint) {
        URI health = endpoint.resolve("/_localstack/health");
        if (!Http.get(health, ONE_TRY).ok()) {
            throw new CloudFailed(
                    "AWS_ENDPOINT_URL is " + endpoint + ", but no LocalStack answers at " + health
                            + ". Something else (moto, for example) does not evaluate alarms; without it, unset the variable to use Docker.");
        }
        return new LocalStack(endpoint, List.of());
    }

    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        if (!compose.isEmpty() && !succeeds(with(compose, "down", "--volumes"), QUICK_MINUTES)) {
            throw new CloudFailed(
                    "LocalStack's container could not be removed: docker compose -f localstack/compose.yaml down");
        }
    }

    private static List<String> with(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all;
    }

    private static boolean succeeds(List<String> command, long minutes) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            // No such program: the same as one that fails.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
