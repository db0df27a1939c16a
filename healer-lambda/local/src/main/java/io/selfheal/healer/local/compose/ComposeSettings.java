package io.selfheal.healer.local.compose;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Which project the healer may touch, and where its engine is.
 *
 * @param cluster the name by which alerts, policies and people call the project
 * @param project the project's name as compose knows it
 * @param engine {@code unix:///var/run/docker.sock}, or {@code tcp://host:port} of a proxy in front of it
 * @param readTimeout bound of one call of the port that only reads
 * @param actionTimeout how long an action is waited for; it must outlast the containers' grace for stopping
 */
public record ComposeSettings(
        String cluster, String project, URI engine, Duration readTimeout, Duration actionTimeout) {

    private static final Set<String> SCHEMES = Set.of("unix", "tcp");

    public ComposeSettings {
        if (cluster.isBlank()) {
            throw new IllegalArgumentException("cluster: expected a name, was blank");
        }
        // What compose itself takes for a name; anything else could never be found.
        if (!project.matches("[a-z0-9][a-z0-9_-]*")) {
            throw new IllegalArgumentException(
                    "project: expected a name of compose (a-z, 0-9, _, -), was '" + project + "'");
        }
        if (engine.getScheme() == null || !SCHEMES.contains(engine.getScheme())) {
            throw new IllegalArgumentException(
                    "engine: expected unix:///path or tcp://host:port, was '" + engine + "'");
        }
        if (!readTimeout.isPositive() || actionTimeout.compareTo(readTimeout) < 0) {
            throw new IllegalArgumentException("timeouts: expected 0 < readTimeout <= actionTimeout, were "
                    + readTimeout + " and " + actionTimeout);
        }
    }

    /** Five seconds to read; forty to act, which is longer than any grace for stopping that makes sense. */
    public static ComposeSettings of(String cluster, String project, URI engine) {
        return new ComposeSettings(cluster, project, engine, Duration.ofSeconds(5), Duration.ofSeconds(40));
    }
}
