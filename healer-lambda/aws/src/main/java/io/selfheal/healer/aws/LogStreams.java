package io.selfheal.healer.aws;

import io.selfheal.healer.aws.CloudWatchLogs.Group;
import io.selfheal.healer.fleet.Task;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;

/** Which streams of CloudWatch Logs a task writes to. A revision never changes, so that each is asked for once. */
final class LogStreams {
    /** A healer sees a handful of live revisions; the bound only keeps months of releases from piling up. */
    private static final int MAX_REMEMBERED = 256;

    private final EcsClient ecs;
    private final Map<String, List<Container>> remembered = new ConcurrentHashMap<>();

    private record Container(Group group, String beginning) {}

    record LogStream(Group group, String name) {}

    LogStreams(EcsClient ecs) {
        this.ecs = ecs;
    }

    /** Throws what the SDK throws, and NoSuchElementException where its logs go elsewhere. */
    List<LogStream> of(Task task) {
        List<Container> containers = remembered.get(task.revision());
        if (containers == null) {
            containers = read(task.revision());
            if (remembered.size() >= MAX_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(task.revision(), containers);
        }
        if (containers.isEmpty()) {
            throw new NoSuchElementException(task.revision()
                    + " does not log to CloudWatch: no container has awslogs with a group and a stream prefix");
        }
        return containers.stream()
                .map(container -> new LogStream(
                        container.group(), container.beginning() + task.id().shortName()))
                .toList();
    }

    private List<Container> read(String revision) {
        return ecs
                .describeTaskDefinition(request -> request.taskDefinition(revision))
                .taskDefinition()
                .containerDefinitions()
                .stream()
                .flatMap(container -> container(container).stream())
                .toList();
    }

    /** Without a prefix the stream's name is that of the container on its host, which ECS does not tell. */
    private static Optional<Container> container(ContainerDefinition container) {
        LogConfiguration logs = container.logConfiguration();
        if (logs == null || logs.logDriver() != LogDriver.AWSLOGS) {
            return Optional.empty();
        }
        Optional<String> region = Optional.ofNullable(logs.options().get("awslogs-region"));
        return Optional.ofNullable(logs.options().get("awslogs-group"))
                .flatMap(group -> Optional.ofNullable(logs.options().get("awslogs-stream-prefix"))
                        .map(prefix -> new Container(new Group(group, region), prefix + "/" + container.name() + "/")));
    }
}
