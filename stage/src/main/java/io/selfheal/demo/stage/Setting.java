package io.selfheal.demo.stage;

/** What the shop is surrounded by: what we ship, or what it is compared with. */
public enum Setting {
    /** Ours. */
    OURS,
    /** ECS mends what its own container health check finds, as often as ECS asks when nobody says otherwise. */
    ECS_ALONE,
    /** Our rules at the intervals that Prometheus and Alertmanager have when nobody says otherwise, and no probe of the healer's own. */
    USUAL_INTERVALS
}
