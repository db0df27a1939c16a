package io.selfheal.embedded.api;

import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.logs.LogStream;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import java.util.List;

/** Finds the log streams that a request names. */
final class LogGroups {
    private final Engine engine;

    LogGroups(Engine engine) {
        this.engine = engine;
    }

    /** The streams of its group; a group that no task logs to does not exist. */
    List<LogStream> group(Fields request) {
        String name = request.text("logGroupIdentifier")
                .map(identifier -> identifier.replaceFirst("^.*:log-group:", "").replaceFirst(":\\*$", ""))
                .orElseGet(() -> required(request, "logGroupName"));
        List<LogStream> streams = engine.call(engine::logStreams).stream()
                .filter(stream -> stream.group().equals(name))
                .toList();
        if (streams.isEmpty()) {
            throw AwsException.of("ResourceNotFoundException", "The specified log group does not exist.");
        }
        return streams;
    }

    static LogStream stream(String name, List<LogStream> streams) {
        return streams.stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> AwsException.of("ResourceNotFoundException", "The specified log stream does not exist."));
    }

    static String required(Fields request, String name) {
        return request.text(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(
                        () -> AwsException.invalidParameter(("1 validation error detected: Value null at '%s' failed"
                                        + " to satisfy constraint: Member must not be null")
                                .formatted(name)));
    }
}
