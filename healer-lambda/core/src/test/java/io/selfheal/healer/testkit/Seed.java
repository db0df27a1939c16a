package io.selfheal.healer.testkit;

/**
 * The seed of every property test: fixed, so that a build that passed passes again, and changed by {@code
 * -Dtest.jvm.args=-Dseed=N} to look further or to repeat what a message names.
 */
public final class Seed {
    private static final long DEFAULT = 20_261_121L;

    private Seed() {}

    public static long get() {
        return Long.getLong("seed", DEFAULT);
    }
}
