package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * Trouble made on purpose for the next calls of an operation.
 *
 * @param operation its name, or {@code *} for all
 * @param error the error's code; {@code ConnectionReset} breaks the connection; empty for a delay only
 * @param applied whether the operation is carried out before the error is answered
 */
record Fault(String operation, Optional<String> error, int status, int count, Duration delay, boolean applied) {
    static final String RESET = "ConnectionReset";
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Map<String, Integer> STATUS =
            Map.of("ServerException", 500, "InternalFailure", 500, "InternalError", 500, "ServiceUnavailable", 503);

    static Fault of(Fields request) {
        Optional<String> error = request.text("error").filter(e -> !e.isBlank());
        Duration delay = request.text("delay").map(Fault::duration).orElse(Duration.ZERO);
        if (error.isEmpty() && delay.isZero()) {
            throw AwsException.invalidParameter("A fault needs an error, a delay or both.");
        }
        return new Fault(
                request.text("operation").orElse("*"),
                error,
                request.integer(
                        "status", error.map(e -> STATUS.getOrDefault(e, 400)).orElse(400), 400, 599),
                request.integer("count", 1, 1, 1_000_000),
                delay,
                request.flag("applied"));
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
                throw AwsException.invalidParameter("delay must be between PT0S and PT5M: " + text);
            }
            return duration;
        } catch (DateTimeParseException e) {
            throw AwsException.invalidParameter("delay is no ISO-8601 duration such as PT1S: " + text);
        }
    }

    boolean concerns(String name) {
        return operation.equals("*") || operation.equals(name);
    }

    Optional<Fault> next() {
        return count > 1
                ? Optional.of(new Fault(operation, error, status, count - 1, delay, applied))
                : Optional.empty();
    }

    AwsException exception() {
        String code = error.orElseThrow();
        String message = code.equals("ThrottlingException") ? "Rate exceeded" : "Injected fault.";
        return new AwsException(code, status, message);
    }

    ObjectNode json() {
        ObjectNode node = Json.object();
        node.put("operation", operation);
        error.ifPresent(e -> node.put("error", e).put("status", status));
        return node.put("count", count).put("delay", delay.toString()).put("applied", applied);
    }
}
