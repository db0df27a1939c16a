package io.selfheal.healer.simulation;

/** An invariant does not hold. Ends the world at once. */
final class Broken extends Error {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    Broken(String invariant, String detail) {
        super(invariant + ": " + detail, null, false, false);
        this.invariant = invariant;
    }

    String invariant() {
        return invariant;
    }
}
