package io.selfheal.demo.fault;

import java.util.Locale;

/** What a run is expected to end as; the report writes the name in small letters. */
public enum Expected {
    /** Users are well again, by the healer's one action on the sick task. */
    HEALED,
    /** Nobody acted. */
    UNTOUCHED,
    /** A person was called. */
    ESCALATED;

    /** As in the report. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
