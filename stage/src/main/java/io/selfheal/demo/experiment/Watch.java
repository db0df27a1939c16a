package io.selfheal.demo.experiment;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.stage.Setting;
import io.selfheal.observability.Profile;
import java.time.Duration;

/**
 * How long to look.
 *
 * @param stable users are well again when they were well for this long
 * @param limit a run ends after this long, healed or not
 * @param rest between an action on a service and the next run on it: longer than the cooldown of the policies, which would
 *     hold the next action back
 * @param warmUp age of every task of a service on which a fault is tried: longer than the warm-up of the policies and of the
 *     healer's probe, for the same reason
 * @param untouched how long a run is watched in which nothing ought to happen
 * @param calm how long the calm before a run may take to come
 * @param untilWell whether a run ends once users are well again, whoever brought that about
 */
public record Watch(
        Duration stable,
        Duration limit,
        Duration rest,
        Duration warmUp,
        Duration untouched,
        Duration calm,
        boolean untilWell) {

    /** A request that is sent within the stable window may still be on its way for this long. */
    static final Duration ANSWERS_IN = Duration.ofSeconds(3);

    private static final Duration FOUR_MINUTES = Duration.ofMinutes(4);

    /** What the profile's rules need: each fires several times over within {@code untouched}. */
    public static Watch of(Profile profile) {
        return switch (profile) {
            case FAST -> ofSeconds(2, 60, 6, 21, 30);
            case PRODUCTION -> ofSeconds(5, 180, 31, 31, 90);
        };
    }

    /** What is compared with ours takes its time: longer than three checks of ECS, and than two flushes of Alertmanager. */
    public static Watch of(Profile profile, Setting setting) {
        Watch ours = of(profile);
        return switch (setting) {
            case OURS -> ours;
            case ECS_ALONE ->
                new Watch(ours.stable, FOUR_MINUTES, ours.rest, ours.warmUp, FOUR_MINUTES, ours.calm, true);
            case USUAL_INTERVALS ->
                new Watch(
                        ours.stable,
                        Duration.ofMinutes(7),
                        ours.rest,
                        ours.warmUp,
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(12),
                        false);
        };
    }

    private static Watch ofSeconds(int stable, int limit, int rest, int warmUp, int untouched) {
        return new Watch(
                Duration.ofSeconds(stable),
                Duration.ofSeconds(limit),
                Duration.ofSeconds(rest),
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(untouched),
                FOUR_MINUTES,
                false);
    }

    /** The slowest rules are about the whole service, and a temporary measure has a time of its own; two deployments take theirs. */
    Duration limit(Fault fault) {
        return switch (fault.kind()) {
            case OVERLOAD, SHARED, STORM -> limit.multipliedBy(3);
            case RELEASE -> limit.multipliedBy(2);
            case GRAY, CRASH, CONTROL -> limit;
        };
    }

    /** How long a run is watched at least: nothing to see yet does not mean that nobody will act. */
    Duration atLeast(Fault fault, boolean healerOn) {
        return switch (fault.kind()) {
            case GRAY, OVERLOAD, RELEASE -> healerOn ? Duration.ZERO : untouched;
            case STORM -> healerOn ? Duration.ZERO : untouched.multipliedBy(2);
            case SHARED, CRASH, CONTROL -> untouched;
        };
    }
}
