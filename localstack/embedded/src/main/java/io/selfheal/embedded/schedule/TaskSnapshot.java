package io.selfheal.embedded.schedule;

import java.time.Instant;

/** A task that is wanted to run: one that is stopping is no longer in the picture. */
public record TaskSnapshot(String id, String deployment, Instant createdAt, Readiness readiness) {}
