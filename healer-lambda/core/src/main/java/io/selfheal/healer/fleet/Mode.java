package io.selfheal.healer.fleet;

import java.util.Locale;

/** How a task can be told to work for a time, other than normally. */
public enum Mode {
    /** By its fallback, without asking a callee. */
    DEGRADED,
    /** Letting only a share of the requests in. */
    SHEDDING;

    /** The word of the services' HTTP API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Throws {@link IllegalArgumentException} for a word that is none. */
    public static Mode ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
