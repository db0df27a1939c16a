package io.selfheal.healer.simulation;

/** Ends a healer in the middle of its work as {@code kill -9} does: no handler of the engine catches it. */
final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(String where) {
        super(where, null, false, false);
    }
}
