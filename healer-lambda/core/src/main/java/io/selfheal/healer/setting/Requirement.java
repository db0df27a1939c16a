package io.selfheal.healer.setting;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

/** States what a setting must be, in the operator's words and with the name that the operator set. */
public final class Requirement {

    private Requirement() {}

    public static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw new StartRefusedException(otherwise);
        }
    }

    public static void positive(String name, Duration value) {
        that(value.isPositive(), name + ": expected more than PT0S, was " + value);
    }

    /** A value that this build does not know stops the start: a healer must never fall back to another fleet or store. */
    public static void oneOf(String name, String value, List<String> available) {
        that(
                available.contains(value),
                name + ": '" + value + "' is not built into this healer, available: " + String.join(", ", available));
    }

    public static void httpAddress(String name, String value) {
        if (value.isEmpty()) {
            return;
        }
        try {
            URI address = new URI(value);
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            that(
                    http && address.getHost() != null,
                    name + ": expected http://host or https://host, was '" + value + "'");
        } catch (URISyntaxException e) {
            throw new StartRefusedException(name + ": not an address: " + e.getMessage());
        }
    }
}
