package io.selfheal.embedded.engine;

import io.selfheal.embedded.logs.LogStream;
import io.selfheal.embedded.process.StateDirectory;
import io.selfheal.embedded.state.Container;
import io.selfheal.embedded.state.LogConfiguration;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.state.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The log streams of all tasks that are known, those that stopped lately among them. */
final class LogStreams {
    private final World world;
    private final StateDirectory directory;

    LogStreams(World world, StateDirectory directory) {
        this.world = world;
        this.directory = directory;
    }

    /** The file that a container's output goes to, within its task's folder. */
    static String fileName(Container container) {
        return container.definition().name() + ".log";
    }

    List<LogStream> all() {
        return world.clusters().stream()
                .flatMap(cluster -> cluster.tasks().stream())
                .flatMap(this::of)
                .toList();
    }

    private Stream<LogStream> of(Task task) {
        Path folder = directory.root().resolve("tasks").resolve(task.id());
        return task.containers().stream()
                .flatMap(container -> of(task, container, folder.resolve(fileName(container))).stream());
    }

    private Optional<LogStream> of(Task task, Container container, Path file) {
        LogConfiguration logs = container.definition().logs();
        return logs.group().flatMap(group -> logs.streamPrefix()
                .map(prefix -> prefix + "/" + container.definition().name() + "/" + task.id())
                .or(container::runtimeId)
                .map(name -> new LogStream(group, name, world.arns().logStream(group, name), file, task.createdAt())));
    }
}
