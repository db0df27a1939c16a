package io.selfheal.embedded.state;

import io.selfheal.embedded.wire.Fields;
import java.util.Optional;

/** A port that a container listens on; the host port is always chosen anew for each task. */
public record PortMapping(Optional<String> name, int containerPort, String protocol) {
    private static final int MAX_PORT = 65_535;

    static PortMapping of(Fields mapping) {
        mapping.integer("hostPort", 0, 0, MAX_PORT);
        return new PortMapping(
                mapping.text("name"),
                mapping.integer("containerPort", 0, 0, MAX_PORT),
                mapping.text("protocol").orElse("tcp"));
    }
}
