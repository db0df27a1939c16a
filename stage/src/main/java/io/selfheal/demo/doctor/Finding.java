package io.selfheal.demo.doctor;

/** One look at the machine: what was looked at, how it is, and how to mend it ({@code mend} is empty when well). */
public record Finding(Level level, String what, String state, String mend) {

    /** How bad it is. */
    public enum Level {
        /** As it should be. */
        GOOD,
        /** The demo runs, with less. */
        WEAK,
        /** The demo cannot run. */
        BAD
    }
}
