package io.selfheal.demo.experiment;

import io.selfheal.demo.fault.Fault;
import io.selfheal.observability.Profile;
import java.time.Duration;

/**
 * How long to look.
 *
 * @param stable users are well again when they were well for this long
 * @param limit a run ends after this long, healed or not
 * @param rest between an action and the next run: longer than the cooldown and the warm-up of the policies, which would hold the next action back
 * @param untouched how long a run is watched in which nothing ought to happen
 */
public record Watch(Duration stable, Duration limit, Duration rest, Duration untouched) {

    /** A request that is sent within the stable window may still be on its way for this long. */
    static final Duration ANSWERS_IN = Duration.ofSeconds(3);

    /** What the profile's rules need: each fires several times over within {@code untouched}. */
    public static Watch of(Profile profile) {
        return switch (profile) {
            case FAST ->
                new Watch(Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofSeconds(9), Duration.ofSeconds(30));
            case PRODUCTION ->
                new Watch(
                        Duration.ofSeconds(5), Duration.ofSeconds(180), Duration.ofSeconds(35), Duration.ofSeconds(90));
        };
    }

    /** How long a run is watched at least: nothing to see yet does not mean that nobody will act. */
    Duration atLeast(Fault fault, boolean healerOn) {
        return fault.kind() == Fault.Kind.GRAY && healerOn ? Duration.ZERO : untouched;
    }
}
