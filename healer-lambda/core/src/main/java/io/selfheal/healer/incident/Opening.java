package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;

/** That a service got an incident, and when: many at once are a storm. */
public record Opening(ServiceId service, Instant at) {}
