package io.selfheal.healer.simulation;

import io.selfheal.healer.incident.StoreUnavailableException;
import java.io.IOException;

/** What may befall one healer in one life, at every call that it makes to the world. */
final class Hazards {
    private static final int LONG_STALLS_OF_TEN = 3;
    private static final long LONGER_THAN_A_LEASE = 17_000;

    private final World world;
    private final int healer;
    private final boolean mortal;
    private boolean dead;

    Hazards(World world, int healer, boolean mortal) {
        this.world = world;
        this.healer = healer;
        this.mortal = mortal;
    }

    /** Before a call takes effect, or after it did. */
    void pass(String call) {
        world.calls++;
        if (dead) {
            throw new Killed(call);
        }
        boolean trapped = world.snaps(Trap.HEALER_KILLED);
        boolean chosen = trapped || world.killAt == world.calls;
        if (chosen || (mortal && world.chance.hits(world.weather.crash()))) {
            dead = true;
            world.story.tell(healer, () -> "is killed at " + call);
            throw new Killed(call);
        }
        if (world.snaps(Trap.HEALER_STANDS_STILL)) {
            world.timeline.hold(LONGER_THAN_A_LEASE);
        }
        // Between the reading of the ledger and the claim a stall does the most harm.
        int odds = call.equals("claim") ? 20 : 1;
        if (world.chance.hits(odds * world.weather.stall())) {
            long millis = world.chance.below(10) < LONG_STALLS_OF_TEN
                    ? world.chance.between(2000, 40_000)
                    : world.chance.between(10, 2000);
            world.story.tell(healer, () -> "stands still for " + millis + " ms at " + call);
            world.timeline.hold(millis);
        }
    }

    void reachStore(String call) {
        pass(call);
        boolean outage = world.snaps(Trap.STORE_OUTAGE);
        if (outage || world.storeDownUntil > world.timeline.now() || world.chance.hits(world.weather.storeTrouble())) {
            throw lost(call);
        }
    }

    /** The store has done it, and the answer may not arrive. */
    void answerFromStore(String call) {
        boolean lost = call.equals("save") && world.snaps(Trap.STORE_ANSWER_LOST);
        if (lost || world.chance.hits(world.weather.storeTrouble())) {
            world.story.tell(healer, () -> "does not hear the answer to " + call);
            throw lost(call);
        }
        pass(call);
    }

    private static StoreUnavailableException lost(String call) {
        return new StoreUnavailableException(call, new IOException("simulated"));
    }

    boolean fleetAway() {
        return world.apiDownUntil > world.timeline.now() || world.chance.hits(world.weather.fleetTrouble());
    }
}
