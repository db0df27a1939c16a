package io.selfheal.healer.report;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;

/** Port: what users felt of a service's trouble. Never throws for what could not be read, and never says zero for it. */
@FunctionalInterface
public interface ImpactReader {
    Fact<Impact> read(ServiceId service, Instant from, Instant to);
}
