package io.selfheal.embedded.schedule;

import java.time.Instant;

/**
 * A task that is wanted to run: one that is stopping is no longer in the picture.
 *
 * @param kept protected from scale-in and deployments; not from being unhealthy
 */
public record TaskSnapshot(String id, String deployment, Instant createdAt, Readiness readiness, boolean kept) {}
