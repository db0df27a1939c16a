package io.selfheal.embedded.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.process.StateDirectory;
import io.selfheal.embedded.state.Deployment;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.state.World;
import io.selfheal.embedded.wire.Json;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The running tasks as a Prometheus file_sd file. */
final class Targets {
    private static final Logger LOG = System.getLogger(Targets.class.getName());

    private final StateDirectory directory;
    private final Path file;
    private byte[] written = new byte[0];

    Targets(StateDirectory directory) {
        this.directory = directory;
        this.file = directory.root().resolve("targets").resolve("targets.json");
    }

    /** Writes the file if it would be another one. */
    void write(World world) {
        byte[] content = Json.bytes(content(world));
        if (Arrays.equals(content, written)) {
            return;
        }
        try {
            directory.replace(file, content);
            written = content;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot write {0}: {1}", file, e.getMessage());
        }
    }

    private static ArrayNode content(World world) {
        ArrayNode groups = Json.array();
        world.clusters().stream()
                .flatMap(c -> c.tasks().stream())
                .filter(Task::running)
                .forEach(task -> TaskEnvironment.port(task, Optional.empty()).ifPresent(port -> {
                    ObjectNode group = groups.addObject();
                    group.putArray("targets").add("127.0.0.1:" + port);
                    group.putObject("labels")
                            .put("service_name", service(task))
                            .put("cluster", task.origin().cluster().name())
                            .put("task_arn", task.arn())
                            .put("task_definition", task.definition().shortName());
                }));
        return groups;
    }

    private static String service(Task task) {
        return task.origin()
                .deployment()
                .map(Deployment::service)
                .map(s -> s.name())
                .orElse("");
    }
}
