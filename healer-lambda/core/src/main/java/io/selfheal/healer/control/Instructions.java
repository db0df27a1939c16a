package io.selfheal.healer.control;

import io.selfheal.healer.fact.Fact;
import java.time.Instant;
import java.util.List;

/**
 * What people have told the healer, besides the pauses.
 *
 * @param silences in force
 * @param storm that a person has to end
 */
public record Instructions(Fact<List<Silence>> silences, Fact<StormLatch> storm) {

    /** Nobody has told anything. */
    public static Instructions none(Instant now) {
        return new Instructions(new Fact.Known<>(List.of(), now), new Fact.Known<>(StormLatch.NONE, now));
    }

    public static Instructions unknown(String why) {
        return new Instructions(new Fact.Unknown<>(why), new Fact.Unknown<>(why));
    }
}
