package io.selfheal.healer.simulation;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One healer's way to the fleet, its tasks and the switches: answers get lost on it, and the oracle hears the others. */
final class FleetLink implements Fleet, HealthProbe, Switches {
    private static final Outcome LOST = new Outcome.Failed("the answer did not come");

    private final World world;
    private final Hazards hazards;
    private final Oracle.Witness witness;
    private final InstantSource clock;

    FleetLink(World world, Hazards hazards, Oracle.Witness witness, InstantSource clock) {
        this.world = world;
        this.hazards = hazards;
        this.witness = witness;
        this.clock = clock;
    }

    @Override
    public Fact<List<ServiceId>> services() {
        return hazards.fleetAway()
                ? new Fact.Unknown<>("the fleet is away")
                : new Fact.Known<>(world.fleet.services(), clock.instant());
    }

    @Override
    public Fact<ServiceState> describe(ServiceId service) {
        hazards.pass("describe");
        Instant asked = clock.instant();
        Fact<ServiceState> fact = hazards.fleetAway() || !world.describes.take(world.timeline.now())
                ? new Fact.Unknown<>("the fleet is away")
                : new Fact.Known<>(world.fleet.describe(service), clock.instant());
        witness.told().state(service, fact, asked);
        world.story.tell(
                witness.healer(),
                () -> "sees " + service.service() + " "
                        + witness.told().about(service).summary());
        hazards.pass("described");
        return fact;
    }

    @Override
    public Map<TaskId, Fact<TaskHealth>> probe(Collection<Task> tasks) {
        hazards.pass("probe");
        Map<TaskId, Fact<TaskHealth>> seen = new HashMap<>();
        for (Task task : tasks) {
            seen.put(
                    task.id(),
                    world.chance.hits(world.weather.fleetTrouble() / 4)
                            ? new Fact.Unknown<>("not asked")
                            : new Fact.Known<>(world.fleet.health(task.id()), clock.instant()));
        }
        witness.told().health(seen, clock.instant());
        world.story.tell(witness.healer(), () -> "probes " + seen);
        return seen;
    }

    @Override
    public Outcome apply(Action action, String key) {
        Outcome outcome = asked(action, key);
        world.oracle.answered(key, outcome, clock.instant());
        return outcome;
    }

    private Outcome asked(Action action, String key) {
        world.story.tell(witness.healer(), () -> "asks the fleet for " + key + " " + action);
        world.oracle.asked(witness, action, key, clock.instant());
        hazards.pass("apply");
        if (world.snaps(Trap.FLEET_THROTTLES) || hazards.fleetAway() || !world.actions.take(world.timeline.now())) {
            return new Outcome.Failed("throttled");
        }
        if (world.chance.hits(world.weather.fleetTrouble())) {
            // It is done, or will be, and nobody tells. A call takes less time than any temporary measure stands.
            world.timeline.after(world.chance.below(10_000), Timeline.WORLD, () -> carryOut(action));
            return LOST;
        }
        Outcome outcome = carryOut(action);
        hazards.pass("applied");
        return world.snaps(Trap.FLEET_ANSWER_LOST) || world.chance.hits(world.weather.fleetTrouble()) ? LOST : outcome;
    }

    private Outcome carryOut(Action action) {
        Outcome outcome = world.fleet.apply(action);
        world.story.tell(Timeline.WORLD, () -> "the fleet answers " + outcome + " to " + action);
        return outcome;
    }

    @Override
    public Fact<List<Pause>> active(Instant now) {
        hazards.pass("pauses");
        Instant asked = clock.instant();
        Fact<List<Pause>> pauses = world.switches.active(now);
        witness.told().pauses(pauses, asked);
        return pauses;
    }

    @Override
    public void pause(Pause pause) {
        world.switches.pause(pause);
    }

    @Override
    public boolean resume(Optional<ServiceId> scope) {
        return world.switches.resume(scope);
    }
}
