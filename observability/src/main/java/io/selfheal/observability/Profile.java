package io.selfheal.observability;

import io.selfheal.observability.slo.Pace;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** How fast the same rules look: every interval, window and threshold that differs, from {@code <profile>.properties}. */
public enum Profile {
    /** For the demo: scrapes and evaluates every second. */
    FAST,
    /** For real fleets: scrapes every five seconds, evaluates every second. */
    PRODUCTION;

    /** The profile's name in folders and commands. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How fast the clock of the SLOs goes. */
    Pace pace() {
        return switch (this) {
            case FAST -> Pace.DEMO;
            case PRODUCTION -> Pace.REAL;
        };
    }

    Map<String, String> settings() {
        Properties properties = new Properties();
        try (var in = new InputStreamReader(Resources.open(id() + ".properties"), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the settings of profile " + id(), e);
        }
        return properties.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, properties::getProperty));
    }
}
