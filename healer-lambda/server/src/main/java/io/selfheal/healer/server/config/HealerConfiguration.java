package io.selfheal.healer.server.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The healer's own settings. The names of the environment variables are mapped in {@code application.yml}.
 *
 * @param token what callers present as a bearer token; never shown, not even by {@link #toString()}
 * @param openReads whether reading needs no token; by default only where nobody but this machine can connect
 * @param notices where notices go (a webhook), when somebody wants them
 */
@ConfigurationProperties("healer")
public record HealerConfiguration(
        @Bindable(defaultValue = "127.0.0.1") String host,
        @Bindable(defaultValue = "7070") int port,
        @Bindable(defaultValue = "") String token,
        @Bindable(defaultValue = "selfheal") String cluster,
        @Bindable(defaultValue = "ecs") String fleet,
        @Bindable(defaultValue = "jdbc") String store,
        @Bindable(defaultValue = "") String policy,
        Optional<Boolean> openReads,
        Optional<URI> notices) {

    /** Shorter ones can be guessed by trying. */
    static final int SHORTEST_TOKEN = 16;

    private static final List<String> FLEETS = List.of("ecs");
    private static final List<String> STORES = List.of("jdbc");

    public HealerConfiguration {
        Requirement.that(
                !token.isBlank(),
                "HEALER_TOKEN is not set: choose a secret of " + SHORTEST_TOKEN + " or more characters");
        Requirement.that(
                token.length() >= SHORTEST_TOKEN,
                "HEALER_TOKEN is too short: expected " + SHORTEST_TOKEN + " or more characters, it has "
                        + token.length());
        Requirement.that(
                !cluster.isBlank(), "HEALER_CLUSTER is blank: name the cluster to watch, for example selfheal");
        Requirement.that(port >= 0 && port <= 65535, "HEALER_PORT: expected 0 to 65535, was " + port);
        Requirement.oneOf("HEALER_FLEET", fleet, FLEETS);
        Requirement.oneOf("HEALER_STORE", store, STORES);
        Requirement.that(
                !policy.isBlank(),
                "HEALER_POLICY is not set: give the path of a policy file, without one the healer may do nothing");
    }

    public Path policyFile() {
        return Path.of(policy);
    }

    public boolean readsAreOpen() {
        return openReads.orElseGet(() -> host.startsWith("127.") || host.equals("localhost") || host.equals("::1"));
    }

    @Override
    public String toString() {
        return "HealerConfiguration[host=" + host + ", port=" + port + ", cluster=" + cluster + ", fleet=" + fleet
                + ", store=" + store + ", policy=" + policy + "]";
    }

    /** The healer's own eyes: how often it asks tasks how they are, and when it believes the answer. */
    @ConfigurationProperties("probe")
    public record Probe(
            @Bindable(defaultValue = "true") boolean enabled,
            @Bindable(defaultValue = "500ms") Duration interval,
            @Bindable(defaultValue = "500ms") Duration timeout,
            @Bindable(defaultValue = "2") int misses,
            @Bindable(defaultValue = "10s") Duration grace) {

        public Probe {
            Requirement.positive("HEALER_PROBE_INTERVAL", interval);
            Requirement.positive("HEALER_PROBE_TIMEOUT", timeout);
            Requirement.that(misses >= 1, "HEALER_PROBE_MISSES: expected 1 or more, was " + misses);
            Requirement.that(!grace.isNegative(), "HEALER_PROBE_GRACE: expected PT0S or more, was " + grace);
        }
    }

    /** The healer's rhythm and its time-boxes. */
    @ConfigurationProperties("engine")
    public record Engine(
            @Bindable(defaultValue = "500ms") Duration tick,
            @Bindable(defaultValue = "2s") Duration factsTimeout,
            @Bindable(defaultValue = "8") int parallelActions,
            @Bindable(defaultValue = "20s") Duration shutdownGrace) {

        public Engine {
            Requirement.positive("HEALER_TICK", tick);
            Requirement.positive("HEALER_FACTS_TIMEOUT", factsTimeout);
            Requirement.that(
                    parallelActions >= 1, "HEALER_PARALLEL_ACTIONS: expected 1 or more, was " + parallelActions);
            Requirement.positive("HEALER_SHUTDOWN_GRACE", shutdownGrace);
        }
    }

    /** Alertmanager's API, asked now and then so that a lost webhook costs seconds. */
    @ConfigurationProperties("alertmanager")
    public record Alertmanager(
            @Bindable(defaultValue = "") String url,
            @Bindable(defaultValue = "5s") Duration interval) {

        public Alertmanager {
            Requirement.positive("HEALER_RECONCILE_INTERVAL", interval);
            Requirement.that(
                    url.isEmpty() || url.startsWith("http://") || url.startsWith("https://"),
                    "HEALER_ALERTMANAGER_URL: expected an http or https address, was '" + url + "'");
        }

        public Optional<URI> address() {
            return url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url));
        }
    }

    /** Where the JDBC store lives. */
    @ConfigurationProperties("jdbc")
    public record Jdbc(
            @Bindable(defaultValue = "") String url,
            @Bindable(defaultValue = "") String user,
            @Bindable(defaultValue = "") String password) {

        @Override
        public String toString() {
            return "Jdbc[user=" + user + "]";
        }
    }
}
