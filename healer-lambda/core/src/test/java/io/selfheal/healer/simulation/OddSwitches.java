package io.selfheal.healer.simulation;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A way to the switches on which a mutant changes what is read. */
record OddSwitches(Switches switches, UnaryOperator<Fact<List<Pause>>> change) implements Switches {

    @Override
    public Fact<List<Pause>> active(Instant now) {
        return change.apply(switches.active(now));
    }

    @Override
    public void pause(Pause pause) {
        switches.pause(pause);
    }

    @Override
    public boolean resume(Optional<ServiceId> scope) {
        return switches.resume(scope);
    }
}
