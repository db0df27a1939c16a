package io.selfheal.healer.policy;

import java.time.Duration;

/**
 * How the actions of a ladder are meant, beyond their kind.
 *
 * @param surgeWithin how long a replacement may take to become healthy before the surge is given up
 * @param keepFor how long a task that was taken out of the load balancer is kept
 * @param degradeFor how long a service works by its fallback
 * @param suspectRelease how long after the start of a release trouble may be its doing
 */
public record Means(
        Duration surgeWithin, Duration keepFor, Duration degradeFor, Shedding shedding, Duration suspectRelease) {

    /**
     * How load is shed.
     *
     * @param admitPercent of the requests that are let in, 1 to 99
     * @param retryPercent so many of the calls to a service repeat failed ones: then it is a retry storm
     */
    public record Shedding(int admitPercent, Duration lasting, int retryPercent) {}

    /**
     * A replacement takes seconds, and minutes where machines have to be found. Half an hour is time to look into a task.
     * Half the load lets a queue drain; a third of retries is more than what chance failures bring about. Most bad releases
     * show within a quarter of an hour.
     */
    public static final Means DEFAULT = new Means(
            Duration.ofMinutes(3),
            Duration.ofMinutes(30),
            Duration.ofMinutes(5),
            new Shedding(50, Duration.ofMinutes(1), 33),
            Duration.ofMinutes(15));
}
