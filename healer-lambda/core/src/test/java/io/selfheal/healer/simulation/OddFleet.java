package io.selfheal.healer.simulation;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import java.util.List;

/** A way to the fleet of which a mutant changes one thing. */
class OddFleet implements Fleet {
    private final Fleet fleet;

    OddFleet(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public Fact<List<ServiceId>> services() {
        return fleet.services();
    }

    @Override
    public Fact<ServiceState> describe(ServiceId service) {
        return fleet.describe(service);
    }

    @Override
    public Outcome apply(Action action, String key) {
        return fleet.apply(action, key);
    }
}
