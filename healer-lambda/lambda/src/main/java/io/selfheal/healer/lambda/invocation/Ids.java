package io.selfheal.healer.lambda.invocation;

import io.selfheal.healer.incident.IncidentId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** New ids of incidents. What makes them unique is drawn when the first is needed, so that no snapshot of a process holds it. */
public final class Ids implements Supplier<IncidentId> {
    private final InstantSource clock;
    private final Supplier<RandomGenerator> chance;
    private Optional<RandomGenerator> drawn = Optional.empty();

    public Ids(InstantSource clock) {
        this(clock, SecureRandom::new);
    }

    Ids(InstantSource clock, Supplier<RandomGenerator> chance) {
        this.clock = clock;
        this.chance = chance;
    }

    @Override
    public synchronized IncidentId get() {
        RandomGenerator random = drawn.orElseGet(chance);
        drawn = Optional.of(random);
        return IncidentId.of(clock.instant(), random.nextLong());
    }
}
