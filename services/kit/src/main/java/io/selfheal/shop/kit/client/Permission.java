package io.selfheal.shop.kit.client;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Whether calls are to be made at all. */
record Permission(List<CallGate> gates, List<CallSwitch> switches, Clock clock) {

    void check(String dependency) {
        gates.forEach(gate -> gate.check(dependency));
    }

    boolean insists() {
        return gates.stream().anyMatch(CallGate::insists);
    }

    boolean isOff(String dependency) {
        return offUntil(dependency).isAfter(clock.instant());
    }

    Instant offUntil(String dependency) {
        return switches.stream()
                .map(s -> s.offUntil(dependency))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
