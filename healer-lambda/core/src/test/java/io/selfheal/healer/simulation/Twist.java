package io.selfheal.healer.simulation;

import io.selfheal.healer.control.Switches;
import io.selfheal.healer.engine.Settings;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.incident.IncidentStore;
import java.time.InstantSource;
import java.util.Set;

/**
 * How the healers of a world differ from what they should be: what stands between the engine and the world may be exchanged,
 * and the oracle sees the world behind it. Without an override everything is as it should be.
 */
interface Twist {
    Twist NONE = new Twist() {};

    /** The text that the healers' policies are read from; the oracle judges by the right one. */
    default String policies(String yaml) {
        return yaml;
    }

    default Settings settings(Settings settings) {
        return settings;
    }

    default IncidentStore store(IncidentStore store) {
        return store;
    }

    default Fleet fleet(Fleet fleet) {
        return fleet;
    }

    default HealthProbe probe(HealthProbe probe) {
        return probe;
    }

    default EvidenceSource evidence(EvidenceSource evidence) {
        return evidence;
    }

    default Switches switches(Switches switches) {
        return switches;
    }

    default InstantSource clock(InstantSource clock) {
        return clock;
    }

    default long skewMillis(int healer, long skewMillis) {
        return skewMillis;
    }

    default Set<SimStore.Flaw> flaws() {
        return Set.of();
    }
}
