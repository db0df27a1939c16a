package io.selfheal.healer.engine;

import io.selfheal.healer.control.Silences;
import io.selfheal.healer.control.Storms;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.incident.IncidentHistory;
import io.selfheal.healer.incident.IncidentStore;

/** The world as the engine reaches it. */
public record Ports(
        IncidentStore store,
        IncidentHistory history,
        Fleet fleet,
        HealthProbe probe,
        Switches switches,
        Silences silences,
        Storms storms,
        EvidenceSource evidence) {

    /** Without anything that knows more than the fleet and the probe. */
    public Ports(
            IncidentStore store,
            IncidentHistory history,
            Fleet fleet,
            HealthProbe probe,
            Switches switches,
            Silences silences,
            Storms storms) {
        this(
                store,
                history,
                fleet,
                probe,
                switches,
                silences,
                storms,
                _ -> Evidence.unknown("no source of it is configured"));
    }
}
