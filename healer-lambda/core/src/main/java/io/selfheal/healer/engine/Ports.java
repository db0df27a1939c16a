package io.selfheal.healer.engine;

import io.selfheal.healer.control.Switches;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.incident.IncidentStore;

/** The world as the engine reaches it. */
public record Ports(IncidentStore store, Fleet fleet, HealthProbe probe, Switches switches) {}
