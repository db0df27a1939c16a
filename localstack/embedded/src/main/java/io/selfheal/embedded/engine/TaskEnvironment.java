package io.selfheal.embedded.engine;

import io.selfheal.embedded.process.ProcessSpec;
import io.selfheal.embedded.state.Binding;
import io.selfheal.embedded.state.Container;
import io.selfheal.embedded.state.Task;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a container's process is given: its command, variables, folder and log. */
final class TaskEnvironment {
    private static final String OTEL = "OTEL_RESOURCE_ATTRIBUTES";

    private final String endpoint;
    private final String region;

    TaskEnvironment(String endpoint, String region) {
        this.endpoint = endpoint;
        this.region = region;
    }

    ProcessSpec process(Task task, Container container, Path folder) {
        return spec(
                task,
                container,
                container.command(),
                folder,
                Optional.of(folder.resolve(LogStreams.fileName(container))));
    }

    /** The health check sees what the container sees; its output is nobody's. */
    ProcessSpec probe(Task task, Container container, List<String> command, Path folder) {
        return spec(task, container, command, folder, Optional.empty());
    }

    private ProcessSpec spec(Task task, Container container, List<String> command, Path folder, Optional<Path> log) {
        Path directory = container
                .definition()
                .workingDirectory()
                .map(Path::of)
                .map(folder::resolve)
                .orElse(folder);
        return new ProcessSpec(command, variables(task, container), directory, log);
    }

    private Map<String, String> variables(Task task, Container container) {
        Map<String, String> variables = new HashMap<>(container.environment());
        List<Binding> bindings = container.bindings();
        if (!bindings.isEmpty()) {
            variables.put("PORT", Integer.toString(bindings.getFirst().hostPort()));
        }
        for (Binding binding : bindings) {
            binding.mapping()
                    .name()
                    .ifPresent(name -> variables.put(
                            "PORT_" + name.replaceAll("[^A-Za-z0-9_]", "_"), Integer.toString(binding.hostPort())));
            binding.mapping()
                    .name()
                    .ifPresent(name -> variables.put(
                            "PORT_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_"),
                            Integer.toString(binding.hostPort())));
        }
        variables.put(
                "ECS_CONTAINER_METADATA_URI_V4",
                endpoint + "/v4/" + task.id() + "/" + container.definition().name());
        variables.putIfAbsent("AWS_REGION", region);
        variables.merge(OTEL, identity(task), (given, own) -> given.isBlank() ? own : given + "," + own);
        return variables;
    }

    private static String identity(Task task) {
        return "service.instance.id=" + task.id() + ",aws.ecs.task.arn=" + task.arn();
    }

    static Optional<Integer> port(Task task, Optional<String> name) {
        return task.containers().stream()
                .flatMap(c -> c.bindings().stream())
                .filter(b -> name.isEmpty() || b.mapping().name().equals(name))
                .map(Binding::hostPort)
                .findFirst();
    }
}
