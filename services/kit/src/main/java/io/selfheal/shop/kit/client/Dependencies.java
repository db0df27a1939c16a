package io.selfheal.shop.kit.client;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The other services that this one calls: see {@link DependencyNames}. */
@Singleton
public final class Dependencies {

    private final Map<String, Dependency> byName = new TreeMap<>();

    Dependencies(
            DependencyNames names,
            DependencySettings settings,
            List<CallGate> gates,
            List<CallSwitch> switches,
            Clock clock,
            MeterRegistry registry) {
        for (String name : names.names()) {
            byName.put(name, new Dependency(name, settings, new Permission(gates, switches, clock), registry));
        }
    }

    public Dependency named(String name) {
        Dependency dependency = byName.get(name);
        if (dependency == null) {
            throw new IllegalArgumentException("No dependency '" + name + "', only " + byName.keySet());
        }
        return dependency;
    }
}
