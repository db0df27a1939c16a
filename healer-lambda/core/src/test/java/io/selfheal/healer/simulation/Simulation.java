package io.selfheal.healer.simulation;

import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Lets one world run: a time of trouble, then a calm in which everything has to come to its end. */
final class Simulation {
    static final long TROUBLE_MILLIS = 20 * 60_000L;
    private static final long CALM_MILLIS = 20 * 60_000L;

    /** How one world went. */
    record Report(
            long seed,
            long incidents,
            long claims,
            long calls,
            long escalated,
            long virtualMillis,
            Map<Reason, Long> reasons,
            Optional<Broken> broken,
            List<String> story) {}

    private Simulation() {}

    static Report run(long seed, Twist twist, boolean told) {
        Random random = new Random(seed);
        World world = new World(Weather.of(random), random, twist, told);
        Optional<Broken> broken = Optional.empty();
        try {
            new Faults(world).until(TROUBLE_MILLIS);
            world.timeline.runUntil(TROUBLE_MILLIS);
            calm(world);
            untilOver(world);
            atTheEnd(world);
        } catch (Broken e) {
            broken = Optional.of(e);
            world.story.tell(Timeline.WORLD, () -> "BROKEN " + e.getMessage());
        }
        return new Report(
                seed,
                world.store.opened(),
                world.oracle.claims(),
                world.calls,
                world.oracle.escalated(),
                world.timeline.now(),
                world.oracle.reasons(),
                broken,
                world.story.lines());
    }

    static void calm(World world) {
        world.story.tell(Timeline.WORLD, () -> "everything calms down");
        world.chance.calm();
        world.fleet.calm();
        world.storeDownUntil = 0;
        world.apiDownUntil = 0;
        world.evidenceDownUntil = 0;
        world.switches.unreadable(false);
        world.switches.resume(Optional.empty());
        world.fleet.services().forEach(service -> world.switches.resume(Optional.of(service)));
        world.healers.forEach(healer -> healer.stall(0));
    }

    static void untilOver(World world) {
        long begin = world.timeline.now();
        long end = begin + CALM_MILLIS;
        do {
            world.timeline.runUntil(world.timeline.now() + 10_000);
            world.oracle.undoneInTime(world.timeline.instant(), begin);
        } while (world.timeline.now() < end && !(world.store.allOver() && world.monitors.quiet()));
    }

    /** Nothing is left open once the world is well, and what was temporary is undone. */
    static void atTheEnd(World world) {
        if (!world.store.allOver()) {
            throw new Broken("everything comes to an end", world.store.allOpen().toString());
        }
        for (ServiceId service : world.fleet.services()) {
            if (world.fleet.desired(service) != world.fleet.wantedByHumans(service)) {
                throw new Broken(
                        "what is temporary is undone",
                        service + " wants " + world.fleet.desired(service) + " tasks, humans "
                                + world.fleet.wantedByHumans(service));
            }
            if (world.fleet.anyAside(service)
                    || world.fleet.in(Mode.DEGRADED, service)
                    || world.fleet.in(Mode.SHEDDING, service)) {
                throw new Broken("what is temporary is undone", service + " is not back to normal");
            }
        }
    }
}
