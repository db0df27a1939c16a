package io.selfheal.embedded.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to run.
 *
 * @param environment all of it, but for the few variables that every program needs (PATH, HOME...)
 * @param log where its output is appended; empty drops it
 */
public record ProcessSpec(List<String> command, Map<String, String> environment, Path directory, Optional<Path> log) {
    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
