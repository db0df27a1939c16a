package io.selfheal.demo.experiment;

import java.time.Instant;

/** One thing that happened in a run, for the timeline. */
public record Beat(Instant at, Kind kind, String text) {

    /** Who or what it is about. */
    public enum Kind {
        FAULT,
        USERS,
        ALARM,
        SNS,
        ALERT,
        DIAGNOSIS,
        ACTION,
        WAIT,
        VERIFIED,
        ECS
    }
}
