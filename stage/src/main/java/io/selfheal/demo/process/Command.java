package io.selfheal.demo.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program to start: its name for people, its arguments, its environment on top of ours, and its log file. */
public record Command(String name, List<String> arguments, Map<String, String> environment, Path log) {

    public Command {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program: " + name);
        }
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }
}
