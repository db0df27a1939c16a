package io.selfheal.healer.incident;

/** How a conditional save ended. */
public sealed interface SaveResult {

    /** Stored; carries the incident with its new version. */
    record Saved(Incident incident) implements SaveResult {}

    /** Somebody else was first: nothing was stored. Read again and decide again, or stop. */
    record Conflict(String what) implements SaveResult {}
}
