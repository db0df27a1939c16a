package io.selfheal.demo.twins;

import java.util.List;
import java.util.Map;

/**
 * A program that is measured.
 *
 * @param command how to start it; it listens at the port of the environment's {@code PORT}
 * @param ready answers 200 as soon as it can be used
 * @param java whether it is a JVM, whose allocations can be counted
 */
record Subject(String name, List<String> command, Map<String, String> environment, boolean java, String ready) {

    Subject {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
