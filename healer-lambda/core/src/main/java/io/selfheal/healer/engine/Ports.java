package io.selfheal.healer.engine;

import io.selfheal.healer.control.Switches;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.incident.IncidentStore;

/** The world as the engine reaches it. */
public record Ports(IncidentStore store, Fleet fleet, HealthProbe probe, Switches switches, EvidenceSource evidence) {

    /** Without anything that knows more than the fleet and the probe. */
    public Ports(IncidentStore store, Fleet fleet, HealthProbe probe, Switches switches) {
        this(store, fleet, probe, switches, _ -> Evidence.unknown("no source of it is configured"));
    }
}
