package io.selfheal.embedded;

import io.selfheal.embedded.engine.Settings;
import io.selfheal.embedded.schedule.Backoff;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to run an endpoint.
 *
 * @param port 0 takes any free one
 * @param faultsAllowed whether {@code /_embedded/faults} may make API calls fail
 */
public record EmbeddedEcsOptions(
        String host,
        int port,
        Path stateDirectory,
        String region,
        List<URI> eventUrls,
        Optional<String> eventToken,
        boolean faultsAllowed,
        Settings settings) {
    private static final int MAX_PORT = 65_535;
    /** AWS waits 40 s before it counts a task without health check; nobody wants to look at that on a laptop. */
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private static final Settings DEFAULTS =
            new Settings(SETTLE, Duration.ofHours(1), Duration.ofSeconds(5), Backoff.DEFAULT);

    public EmbeddedEcsOptions {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port %d must be between 0 and 65535".formatted(port));
        }
        eventUrls = List.copyOf(eventUrls);
    }

    /** Loopback, any free port, no events: what a test wants. */
    public static EmbeddedEcsOptions in(Path stateDirectory) {
        return new EmbeddedEcsOptions(
                "127.0.0.1", 0, stateDirectory, "us-east-1", List.of(), Optional.empty(), false, DEFAULTS);
    }

    public EmbeddedEcsOptions withPort(int number) {
        return new EmbeddedEcsOptions(
                host, number, stateDirectory, region, eventUrls, eventToken, faultsAllowed, settings);
    }

    public EmbeddedEcsOptions withHost(String name) {
        return new EmbeddedEcsOptions(
                name, port, stateDirectory, region, eventUrls, eventToken, faultsAllowed, settings);
    }

    public EmbeddedEcsOptions withRegion(String name) {
        return new EmbeddedEcsOptions(host, port, stateDirectory, name, eventUrls, eventToken, faultsAllowed, settings);
    }

    public EmbeddedEcsOptions withEvents(List<URI> urls, Optional<String> token) {
        return new EmbeddedEcsOptions(host, port, stateDirectory, region, urls, token, faultsAllowed, settings);
    }

    public EmbeddedEcsOptions withFaults() {
        return new EmbeddedEcsOptions(host, port, stateDirectory, region, eventUrls, eventToken, true, settings);
    }

    /** How long a task without health check must run to count as healthy. */
    public EmbeddedEcsOptions withSettle(Duration time) {
        return new EmbeddedEcsOptions(
                host,
                port,
                stateDirectory,
                region,
                eventUrls,
                eventToken,
                faultsAllowed,
                new Settings(time, settings.keepStopped(), settings.shutdown(), settings.backoff()));
    }
}
