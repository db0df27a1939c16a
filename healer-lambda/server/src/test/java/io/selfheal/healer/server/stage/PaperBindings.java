package io.selfheal.healer.server.stage;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.selfheal.healer.aws.EcsFleet;
import io.selfheal.healer.testkit.SimulatedFleet;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** A simulated fleet, which answers probes too, in the place of ECS: for tests of what does not need one. */
@Factory
@Requires(property = "test.paper", value = "true")
final class PaperBindings {

    @Singleton
    @Primary
    @Replaces(EcsFleet.class)
    SimulatedFleet fleet(Clock clock, @Value("${test.paper-services:0}") int services) {
        SimulatedFleet fleet = new SimulatedFleet(clock);
        fleet.startTime(Duration.ofMillis(100));
        for (int i = 0; i < services; i++) {
            fleet.service("paper-" + i, 2);
        }
        return fleet;
    }
}
