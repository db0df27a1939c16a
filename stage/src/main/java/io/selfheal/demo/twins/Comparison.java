package io.selfheal.demo.twins;

import java.util.List;
import java.util.Optional;

/**
 * A finished comparison.
 *
 * @param id names the region of the page and the line of the results
 * @param subject what all others are compared with
 * @param control the same once more: if it seems to differ from itself, nothing counts
 * @param others what it is compared with, each with what is to be reached
 */
record Comparison(String id, String title, Measured subject, Measured control, List<Peer> others) {

    Comparison {
        others = List.copyOf(others);
    }

    /**
     * Another subject.
     *
     * @param cpuGoal the processor time of ours is to be at most so many times its own; empty where nothing is promised
     * @param startGoal the same of the time to start
     */
    record Peer(Measured measured, Optional<Double> cpuGoal, Optional<Double> startGoal) {}
}
