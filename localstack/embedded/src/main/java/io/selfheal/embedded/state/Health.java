package io.selfheal.embedded.state;

/** AWS' healthStatus. */
public enum Health {
    UNKNOWN,
    HEALTHY,
    UNHEALTHY
}
