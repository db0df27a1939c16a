package io.selfheal.healer.aws;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/**
 * The first TCP port of a task definition: in awsvpc mode the task itself shows only its IP. A revision never changes, so it
 * is asked for once.
 */
final class TaskPorts {
    // A healer sees a handful of live revisions; the bound only keeps months of releases from piling up.
    private static final int MAX_REMEMBERED = 256;

    private final EcsClient ecs;
    private final Map<String, OptionalInt> remembered = new ConcurrentHashMap<>();

    TaskPorts(EcsClient ecs) {
        this.ecs = ecs;
    }

    /** Empty when it has none, or when it cannot be read now: then the task has no address, which is not an error. */
    OptionalInt portOf(@Nullable String taskDefinitionArn) {
        if (taskDefinitionArn == null) {
            return OptionalInt.empty();
        }
        OptionalInt known = remembered.get(taskDefinitionArn);
        if (known != null) {
            return known;
        }
        try {
            OptionalInt port = read(taskDefinitionArn);
            if (remembered.size() >= MAX_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(taskDefinitionArn, port);
            return port;
        } catch (SdkException unreadable) {
            return OptionalInt.empty();
        }
    }

    private OptionalInt read(String arn) {
        return ecs
                .describeTaskDefinition(request -> request.taskDefinition(arn))
                .taskDefinition()
                .containerDefinitions()
                .stream()
                .flatMap(container -> container.portMappings().stream())
                .filter(mapping -> mapping.containerPort() != null && mapping.protocol() != TransportProtocol.UDP)
                .mapToInt(PortMapping::containerPort)
                .findFirst();
    }
}
