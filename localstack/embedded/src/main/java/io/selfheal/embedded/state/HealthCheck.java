package io.selfheal.embedded.state;

import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import java.time.Duration;
import java.util.List;

/** A container's health check, with Docker's defaults. */
public record HealthCheck(
        List<String> command, Duration interval, Duration timeout, int retries, Duration startPeriod) {
    private static final int MAX_SECONDS = 300;
    private static final int MAX_TIMEOUT = 60;
    private static final int MAX_RETRIES = 10;

    static HealthCheck of(Fields check) {
        return new HealthCheck(
                command(check.texts("command")),
                // AWS takes 5 and 2 seconds or more; a development tool may be quicker.
                Duration.ofSeconds(check.integer("interval", 30, 1, MAX_SECONDS)),
                Duration.ofSeconds(check.integer("timeout", 5, 1, MAX_TIMEOUT)),
                check.integer("retries", 3, 1, MAX_RETRIES),
                Duration.ofSeconds(check.integer("startPeriod", 0, 0, MAX_SECONDS)));
    }

    private static List<String> command(List<String> given) {
        if (given.size() >= 2 && given.getFirst().equals("CMD")) {
            return List.copyOf(given.subList(1, given.size()));
        }
        if (given.size() == 2 && given.getFirst().equals("CMD-SHELL")) {
            return List.of("sh", "-c", given.getLast());
        }
        throw AwsException.client("Health check command must start with CMD or CMD-SHELL and say what to run.");
    }
}
