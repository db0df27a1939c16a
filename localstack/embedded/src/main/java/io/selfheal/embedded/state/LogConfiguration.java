package io.selfheal.embedded.state;

import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import java.util.Optional;

/**
 * Where a container's output is meant to go. Here it goes to a file, whatever this says; awslogs makes that file a log stream.
 *
 * @param group of CloudWatch Logs; empty when the driver is another one
 * @param streamPrefix with it a stream is named {@code prefix/container/task}, without it by the container's runtime id
 */
public record LogConfiguration(Optional<String> group, Optional<String> streamPrefix) {
    static final LogConfiguration NONE = new LogConfiguration(Optional.empty(), Optional.empty());

    static LogConfiguration of(Fields configuration) {
        if (!configuration.text("logDriver").equals(Optional.of("awslogs"))) {
            return NONE;
        }
        Optional<Fields> options = configuration.object("options");
        Optional<String> group = options.flatMap(given -> given.text("awslogs-group"));
        if (group.isEmpty()
                || options.flatMap(given -> given.text("awslogs-region")).isEmpty()) {
            throw AwsException.client("Log driver awslogs requires options: awslogs-group, awslogs-region.");
        }
        return new LogConfiguration(group, options.flatMap(given -> given.text("awslogs-stream-prefix")));
    }
}
