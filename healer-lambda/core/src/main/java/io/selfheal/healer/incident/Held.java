package io.selfheal.healer.incident;

import java.time.Instant;

/** The standing reason why nothing is done about an incident, and since when: what the history need not repeat. */
public record Held(Reason reason, Instant since) {}
