package io.selfheal.observability.slo;

import java.time.Duration;
import java.util.Map;

/** How fast the SLO's clock goes. On the demo clock an hour of it is five minutes, and a month two days and a half. */
public enum Pace {
    REAL("", 1, "15s", "1m"),
    DEMO(
            "Demo clock: every window is a twelfth of its name (1h is 5 min, 5m is 25 s, 30d is 2.5 days).",
            12,
            "5s",
            "5s");

    private static final Map<Character, Integer> SECONDS = Map.of('s', 1, 'm', 60, 'h', 3600, 'd', 86_400);

    private final String note;
    private final int divisor;
    private final String quick;
    private final String slow;

    Pace(String note, int divisor, String quick, String slow) {
        this.note = note;
        this.divisor = divisor;
        this.quick = quick;
        this.slow = slow;
    }

    /** What a reader of the rules has to know; empty where names are what they say. */
    public String note() {
        return note;
    }

    /** How often the rules over windows of up to six hours, and the alerts, are evaluated. */
    String quickInterval() {
        return quick;
    }

    /** How often those over days are evaluated. */
    String slowInterval() {
        return slow;
    }

    /** A time on the SLO's clock, as long as it takes here. */
    public String real(String duration) {
        return text(Duration.ofSeconds(seconds(duration)));
    }

    long seconds(String duration) {
        int unit = duration.length() - 1;
        long seconds = Long.parseLong(duration.substring(0, unit)) * SECONDS.getOrDefault(duration.charAt(unit), 0);
        if (seconds == 0 || seconds % divisor != 0) {
            throw new IllegalArgumentException(duration + " is no whole number of seconds at the pace " + this);
        }
        return seconds / divisor;
    }

    private static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
