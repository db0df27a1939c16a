package io.selfheal.healer.evidence;

import io.selfheal.healer.fleet.ServiceId;

/**
 * Port: whatever knows more of a service: metrics, logs, the fleet's own records. Bounded in time, never throws: what it
 * cannot tell is {@link io.selfheal.healer.fact.Fact.Unknown}. Thread-safe.
 */
@FunctionalInterface
public interface EvidenceSource {

    Evidence gather(ServiceId service);
}
