package io.selfheal.healer.simulation;

/** One thing that goes wrong, at the next call of a port that it applies to. */
enum Trap {
    STORE_CONFLICT,
    STORE_ANSWER_LOST,
    STORE_OUTAGE,
    FLEET_THROTTLES,
    FLEET_ANSWER_LOST,
    HEALER_KILLED,
    HEALER_STANDS_STILL
}
