package io.selfheal.healer.testkit;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.Nested;

class SimulatedFleetTest {

    private static ServiceState described(SimulatedFleet fleet, ServiceId service) {
        return switch (fleet.describe(service)) {
            case Fact.Known<ServiceState>(ServiceState state, Instant _) -> state;
            case Fact.Unknown<ServiceState>(String why) -> throw new AssertionError(why);
        };
    }

    @Nested
    class AsFleet extends DeployingFleetContract {
        private final MutableClock clock = new MutableClock();
        private final SimulatedFleet fleet = new SimulatedFleet(clock);
        private final ServiceId service = fleet.service("order", 2);
        private int releases;

        @Override
        protected Fleet fleet() {
            return fleet;
        }

        @Override
        protected ServiceId service() {
            return service;
        }

        @Override
        protected String release() {
            String revision = "order:" + (++releases + 1);
            fleet.released(service, revision);
            return revision;
        }

        @Override
        protected ServiceState await(Predicate<ServiceState> condition) {
            for (int i = 0; i < 100; i++) {
                ServiceState state = described(fleet, service);
                if (condition.test(state)) {
                    return state;
                }
                clock.advance(Duration.ofMillis(500));
            }
            throw new AssertionError("never came about: " + described(fleet, service));
        }
    }

    @Nested
    class AsProbe extends HealthProbeContract {
        private final SimulatedFleet fleet = new SimulatedFleet(new MutableClock());
        private final ServiceId service = fleet.service("order", 3);

        private Task task(int index) {
            return described(fleet, service).tasks().get(index);
        }

        @Override
        protected HealthProbe probe() {
            return fleet;
        }

        @Override
        protected Task healthyTask() {
            return task(0);
        }

        @Override
        protected Task unreadyTask() {
            fleet.makeUnready(task(1).id());
            return task(1);
        }

        @Override
        protected Task deadTask() {
            fleet.makeSick(task(2).id());
            return task(2);
        }
    }
}
