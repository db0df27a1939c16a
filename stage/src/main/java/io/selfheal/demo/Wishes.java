package io.selfheal.demo;

import io.selfheal.demo.chaos.Scenario;
import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.stage.Ports;
import io.selfheal.observability.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What was asked for on the command line, checked. */
record Wishes(
        Path root,
        boolean once,
        List<Fault> faults,
        boolean healerOn,
        Optional<Path> report,
        Profile profile,
        int runs,
        long seed,
        boolean prometheus,
        boolean probe,
        Ports ports,
        Optional<Scenario> chaos) {

    Wishes {
        faults = List.copyOf(faults);
    }
}
