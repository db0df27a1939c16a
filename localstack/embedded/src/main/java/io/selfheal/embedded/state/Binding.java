package io.selfheal.embedded.state;

/** A container's port on this host. */
public record Binding(PortMapping mapping, int hostPort) {}
