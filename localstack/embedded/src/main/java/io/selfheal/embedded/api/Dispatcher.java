package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds and calls the operation that a request names, with the injected trouble around it. */
final class Dispatcher {
    private static final String PREFIX = "AmazonEC2ContainerServiceV20141113.";

    private final Engine engine;
    private final Faults faults;
    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<String, Operation> targetGroups;

    Dispatcher(Engine engine, Faults faults) {
        this.engine = engine;
        this.faults = faults;
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
        String name = target.startsWith(PREFIX) ? target.substring(PREFIX.length()) : "";
        Operation operation = operations.get(name);
        if (operation == null) {
            throw AwsException.of("UnknownOperationException", "The operation " + target + " is not supported here.");
        }
        return call(name, operation, Json.parse(body));
    }

    /** The same for Elastic Load Balancing, whose requests name their action themselves. */
    Optional<ObjectNode> query(String action, Fields request) throws InterruptedException {
        Operation operation = targetGroups.get(action);
        if (operation == null) {
            throw AwsException.of("InvalidAction", "The action " + action + " is not supported here.");
        }
        return call(action, operation, request);
    }

    private Optional<ObjectNode> call(String name, Operation operation, Fields request) throws InterruptedException {
        Optional<Fault> fault = faults.take(name);
        if (fault.isEmpty()) {
            return Optional.of(apply(operation, request));
        }
        Thread.sleep(fault.get().delay());
        if (fault.get().error().isEmpty()) {
            return Optional.of(apply(operation, request));
        }
        if (fault.get().applied()) {
            apply(operation, request);
        }
        if (fault.get().error().equals(Optional.of(Fault.RESET))) {
            return Optional.empty();
        }
        throw fault.get().exception();
    }

    private ObjectNode apply(Operation operation, Fields request) {
        return engine.call(() -> operation.apply(request));
    }
}
