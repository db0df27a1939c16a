package io.selfheal.demo.measure;

import java.time.Instant;
import java.util.Map;

/**
 * One look from outside: whether every task answered well in time and the fleet was whole; if not, why not.
 *
 * @param serving by service: how many tasks answered well in time; empty when the fleet could not be read
 */
public record Sample(Instant at, boolean well, String why, Map<String, Integer> serving) {

    public Sample {
        serving = Map.copyOf(serving);
    }
}
