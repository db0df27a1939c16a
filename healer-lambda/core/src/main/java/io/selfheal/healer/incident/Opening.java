package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;
import java.util.Optional;

/**
 * What other services' decisions need to know of an incident: whose it is, and from when to when.
 *
 * @param overAt empty while it is not over
 */
public record Opening(ServiceId service, Instant at, Optional<Instant> overAt) {}
