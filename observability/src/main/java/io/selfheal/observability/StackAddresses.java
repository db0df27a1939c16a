package io.selfheal.observability;

import java.net.URI;

/**
 * Where the parts of one stack find each other.
 *
 * @param prometheus host:port that Prometheus listens on
 * @param alertmanager host:port that Alertmanager listens on
 * @param healer base URL of the healer; alerts go to {@code /signals/alertmanager} under it
 * @param healerTokenFile file with the healer's bearer token; a relative one is looked up beside alertmanager.yml
 * @param targets file_sd pattern of the tasks, the last part may hold one {@code *}; a relative one is looked up beside
 *     prometheus.yml
 * @param cluster the ECS cluster, a label on what the healer exports
 */
public record StackAddresses(
        String prometheus, String alertmanager, URI healer, String healerTokenFile, String targets, String cluster) {

    public StackAddresses {
        requireHostPort("prometheus", prometheus);
        requireHostPort("alertmanager", alertmanager);
        requireHostPort("healer", healer.getAuthority() == null ? "" : healer.getAuthority());
        if (!"http".equals(healer.getScheme()) && !"https".equals(healer.getScheme())) {
            throw new IllegalArgumentException("healer must be an http or https URL, is " + healer);
        }
        // Prometheus' own rule for file_sd patterns; it would refuse the whole configuration.
        if (!targets.matches("[^*]*(\\*[^/\\\\]*)?\\.(json|yml|yaml)")) {
            throw new IllegalArgumentException(
                    "targets must end in .json, .yml or .yaml with * only in the file name, is " + targets);
        }
        if (healerTokenFile.isBlank() || cluster.isBlank()) {
            throw new IllegalArgumentException("healerTokenFile and cluster must not be blank");
        }
    }

    /** The default ports of a Selfheal stack on one machine, with all files in the stack's own folder. */
    public static StackAddresses defaults() {
        return new StackAddresses(
                "127.0.0.1:9090",
                "127.0.0.1:9093",
                URI.create("http://127.0.0.1:7070"),
                "healer.token",
                "targets/*.json",
                "selfheal");
    }

    /** Where the containers of observability/compose.yaml find each other; the healer tells Prometheus of the tasks. */
    static StackAddresses compose() {
        return new StackAddresses(
                "0.0.0.0:9090",
                "alertmanager:9093",
                URI.create("http://healer:7070"),
                "/run/secrets/healer-token",
                "targets/*.json",
                "selfheal");
    }

    private static void requireHostPort(String field, String value) {
        if (!value.matches("[^\\s/@]+:\\d{1,5}")) {
            throw new IllegalArgumentException(field + " must be host:port, is '" + value + "'");
        }
    }
}
