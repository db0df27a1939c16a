package io.selfheal.healer.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What users felt of an incident, as counted by the service itself between two times.
 *
 * @param budget empty where there were too few requests to tell
 */
public record Impact(Instant from, Instant to, double requests, double failed, Optional<Budget> budget) {

    /**
     * The share of an error budget that the failed requests used up.
     *
     * @param objective the share of requests that is meant to be answered well, for example 0.999
     * @param requests that are known of the period; a young Prometheus knows few, so that a short failure is many times a budget
     * @param spent of what may fail of these requests: 1 is all of it
     */
    public record Budget(double objective, Duration period, double requests, double spent) {}
}
