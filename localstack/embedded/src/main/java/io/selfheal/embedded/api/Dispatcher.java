package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds and calls the operation that a request names, with the injected trouble around it. */
final class Dispatcher {
    private static final String ECS = "AmazonEC2ContainerServiceV20141113.";
    private static final String LOGS = "Logs_20140328.";

    private final Engine engine;
    private final Faults faults;
    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<String, Operation> targetGroups;
    private final Map<String, Operation> logs = new HashMap<>();

    Dispatcher(Engine engine, Faults faults) {
        this.engine = engine;
        this.faults = faults;
        LogGroups groups = new LogGroups(engine);
        logs.putAll(new LogOperations(groups).all());
        logs.putAll(new LogStreamOperations(groups).all());
        this.targetGroups = new TargetGroupOperations(engine).all();
        operations.putAll(new ClusterOperations(engine).all());
        operations.putAll(new TaskDefinitionOperations(engine).all());
        operations.putAll(new ServiceOperations(engine).all());
        operations.putAll(new ServiceDeploymentOperations(engine).all());
        operations.putAll(new TaskOperations(engine).all());
        operations.putAll(new TaskProtectionOperations(engine).all());
        operations.putAll(new TagOperations(engine).all());
    }

    /** The answer, or empty when the connection is to be broken. */
    Optional<ObjectNode> call(String target, byte[] body) throws InterruptedException {
        String name = target.substring(target.indexOf('.') + 1);
        Operation operation =
                switch (target.substring(0, target.length() - name.length())) {
                    case ECS -> locked(operations.get(name));
                    case LOGS -> logs.get(name);
                    default -> null;
                };
        if (operation == null) {
            throw AwsException.of("UnknownOperationException", "The operation " + target + " is not supported here.");
        }
        return call(name, operation, Json.parse(body));
    }

    private @Nullable Operation locked(@Nullable Operation operation) {
        return operation == null ? null : request -> engine.call(() -> operation.apply(request));
    }

    /** The same for Elastic Load Balancing, whose requests name their action themselves. */
    Optional<ObjectNode> query(String action, Fields request) throws InterruptedException {
        Operation operation = locked(targetGroups.get(action));
        if (operation == null) {
            throw AwsException.of("InvalidAction", "The action " + action + " is not supported here.");
        }
        return call(action, operation, request);
    }

    private Optional<ObjectNode> call(String name, Operation operation, Fields request) throws InterruptedException {
        Optional<Fault> fault = faults.take(name);
        if (fault.isEmpty()) {
            return Optional.of(operation.apply(request));
        }
        Thread.sleep(fault.get().delay());
        if (fault.get().error().isEmpty()) {
            return Optional.of(operation.apply(request));
        }
        if (fault.get().applied()) {
            operation.apply(request);
        }
        if (fault.get().error().equals(Optional.of(Fault.RESET))) {
            return Optional.empty();
        }
        throw fault.get().exception();
    }
}
