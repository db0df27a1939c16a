package io.selfheal.embedded.state;

import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One container of a task definition: here, one local process. */
public record ContainerDefinition(
        String name,
        String image,
        boolean essential,
        List<String> entryPoint,
        List<String> command,
        Map<String, String> environment,
        List<PortMapping> ports,
        Optional<HealthCheck> healthCheck,
        Duration stopTimeout,
        Optional<String> workingDirectory,
        LogConfiguration logs) {
    /** AWS' default and most for stopTimeout. */
    private static final int STOP_TIMEOUT_SECONDS = 30;

    private static final int MAX_STOP_TIMEOUT_SECONDS = 120;

    static ContainerDefinition of(Fields container) {
        String name = container
                .text("name")
                .filter(n -> n.matches("[A-Za-z0-9_-]{1,255}"))
                .orElseThrow(() -> AwsException.client("Container.name contains invalid characters."));
        List<String> entryPoint = container.texts("entryPoint");
        List<String> command = container.texts("command");
        if (entryPoint.isEmpty() && command.isEmpty()) {
            throw AwsException.client(
                    "Container %s has no entryPoint and no command: this endpoint runs local processes, not images."
                            .formatted(name));
        }
        return new ContainerDefinition(
                name,
                container.text("image").orElse(""),
                !container.json().path("essential").isBoolean() || container.flag("essential"),
                entryPoint,
                command,
                container.pairs("environment", "name", "value"),
                container.objects("portMappings").stream().map(PortMapping::of).toList(),
                container.object("healthCheck").map(HealthCheck::of),
                Duration.ofSeconds(container.integer("stopTimeout", STOP_TIMEOUT_SECONDS, 0, MAX_STOP_TIMEOUT_SECONDS)),
                container.text("workingDirectory"),
                container.object("logConfiguration").map(LogConfiguration::of).orElse(LogConfiguration.NONE));
    }
}
