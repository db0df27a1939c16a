package io.selfheal.embedded.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One process of one task. */
public final class Container {
    private final ContainerDefinition definition;
    private final String arn;
    private final List<String> command;
    private final Map<String, String> environment;
    private List<Binding> bindings = List.of();
    private TaskStatus status = TaskStatus.PENDING;
    private Health health = Health.UNKNOWN;
    private OptionalInt exitCode = OptionalInt.empty();
    private Optional<String> reason = Optional.empty();
    private Optional<String> runtimeId = Optional.empty();

    Container(ContainerDefinition definition, String arn, ContainerOverride override) {
        this.definition = definition;
        this.arn = arn;
        this.command = new ArrayList<>(definition.entryPoint());
        this.command.addAll(override.command().orElse(definition.command()));
        this.environment = new HashMap<>(definition.environment());
        this.environment.putAll(override.environment());
    }

    public void started(String id) {
        runtimeId = Optional.of(id);
        status = TaskStatus.RUNNING;
    }

    public void exited(int code) {
        status = TaskStatus.STOPPED;
        exitCode = OptionalInt.of(code);
    }

    public void failed(String why) {
        status = TaskStatus.STOPPED;
        reason = Optional.of(why);
    }

    public void bound(List<Binding> ports) {
        bindings = List.copyOf(ports);
    }

    public void health(Health now) {
        health = now;
    }

    public ContainerDefinition definition() {
        return definition;
    }

    public String arn() {
        return arn;
    }

    public List<String> command() {
        return command;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public List<Binding> bindings() {
        return bindings;
    }

    public TaskStatus status() {
        return status;
    }

    public boolean stopped() {
        return status == TaskStatus.STOPPED;
    }

    public Health health() {
        return health;
    }

    public OptionalInt exitCode() {
        return exitCode;
    }

    public Optional<String> reason() {
        return reason;
    }

    public Optional<String> runtimeId() {
        return runtimeId;
    }
}
