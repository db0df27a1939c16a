package io.selfheal.demo.load;

import java.time.Instant;

/** One request of a user: when it was sent, to which service, and how it ended ({@code failure} is empty when well). */
public record Request(Instant sentAt, Instant endedAt, String service, boolean failed, String failure) {}
