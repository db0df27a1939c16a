package io.selfheal.healer.alarm;

import io.selfheal.healer.signal.Signal;

/** What became of one change of an alarm's state. */
public sealed interface Reading {

    record Told(Signal signal) implements Reading {}

    /** Understood, and no signal for a reason that a person can do something about. */
    record Ignored(String why) implements Reading {}

    /** Not understood. */
    record Refused(String why) implements Reading {}
}
