package io.selfheal.healer.server.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.selfheal.healer.setting.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The healer's own settings. {@code application.yml} maps the environment's names and holds every default, because a value
 * that cannot be converted must stop the start: a default given here would silently take its place.
 *
 * @param token what callers present as a bearer token; never shown, not even by {@link #toString()}
 * @param operatorToken what people present who may stop the healer and let it act; blank: {@code token} does that, too
 * @param hostNames names under which the healer is asked, with commas between them
 * @param openReads whether reading needs no token: true, false, or auto: where nobody but this machine can connect
 * @param modesToken the {@code MODES_TOKEN} of the services' tasks; blank: they cannot be told to degrade or to shed
 * @param notices address of the webhook that calls a human; blank: the log alone
 */
@ConfigurationProperties("healer")
public record HealerConfiguration(
        String host,
        int port,
        String token,
        String operatorToken,
        String hostNames,
        String cluster,
        String fleet,
        String store,
        String policy,
        String openReads,
        String notices,
        String modesToken) {

    /** Shorter ones can be guessed by trying. */
    static final int SHORTEST_TOKEN = 16;

    /** Or the one star that stands for all names. */
    private static final Pattern HOST_NAME = Pattern.compile("\\*|[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?");

    private static final List<String> OPEN_READS = List.of("auto", "true", "false");
    private static final List<String> FLEETS = List.of("ecs", "compose");
    private static final List<String> STORES = List.of("jdbc", "dynamodb");

    public HealerConfiguration {
        Requirement.that(
                !token.isBlank(),
                "HEALER_TOKEN is not set: choose a secret of " + SHORTEST_TOKEN + " or more characters");
        Requirement.that(
                token.length() >= SHORTEST_TOKEN,
                "HEALER_TOKEN is too short: expected " + SHORTEST_TOKEN + " or more characters, it has "
                        + token.length());
        Requirement.that(
                operatorToken.isEmpty() || operatorToken.strip().length() >= SHORTEST_TOKEN,
                "HEALER_OPERATOR_TOKEN is too short: expected " + SHORTEST_TOKEN + " or more characters, it has "
                        + operatorToken.strip().length());
        Requirement.that(
                !operatorToken.strip().equals(token.strip()),
                "HEALER_OPERATOR_TOKEN is the same as HEALER_TOKEN: choose another, or none if one is to do everything");
        names(hostNames)
                .forEach(name -> Requirement.that(
                        HOST_NAME.matcher(name).matches(),
                        "HEALER_HOST_NAMES: expected names without scheme and port, with commas between them, for example"
                                + " healer.example, was '" + name + "'"));
        Requirement.that(
                !cluster.isBlank(), "HEALER_CLUSTER is blank: name the cluster to watch, for example selfheal");
        Requirement.that(port >= 0 && port <= 65535, "HEALER_PORT: expected 0 to 65535, was " + port);
        Requirement.oneOf("HEALER_OPEN_READS", openReads, OPEN_READS);
        Requirement.httpAddress("HEALER_NOTICES_URL", notices);
        Requirement.oneOf("HEALER_FLEET", fleet, FLEETS);
        Requirement.oneOf("HEALER_STORE", store, STORES);
        Requirement.that(
                !policy.isBlank(),
                "HEALER_POLICY is not set: give the path of a policy file, without one the healer may do nothing");
    }

    public Path policyFile() {
        return Path.of(policy);
    }

    /** In small letters. */
    public Set<String> names() {
        return names(hostNames).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> names(String hostNames) {
        return Stream.of(hostNames.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty());
    }

    public boolean readsAreOpen() {
        return openReads.equals("true") || (openReads.equals("auto") && onLoopback());
    }

    private boolean onLoopback() {
        return host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
    }

    public Optional<URI> noticesAddress() {
        return notices.isEmpty() ? Optional.empty() : Optional.of(URI.create(notices));
    }

    @Override
    public String toString() {
        return "HealerConfiguration[host=" + host + ", port=" + port + ", cluster=" + cluster + ", fleet=" + fleet
                + ", store=" + store + ", policy=" + policy + "]";
    }

    /** The healer's own eyes: how often it asks tasks how they are, and when it believes the answer. */
    @ConfigurationProperties("probe")
    public record Probe(
            boolean enabled,
            String path,
            Duration interval,
            Duration timeout,
            int misses,
            Duration grace,
            Duration warmUp) {

        public Probe {
            Requirement.that(path.startsWith("/"), "HEALER_PROBE_PATH: expected to start with '/', was '" + path + "'");
            Requirement.positive("HEALER_PROBE_INTERVAL", interval);
            Requirement.positive("HEALER_PROBE_TIMEOUT", timeout);
            Requirement.that(misses >= 1, "HEALER_PROBE_MISSES: expected 1 or more, was " + misses);
            Requirement.that(!grace.isNegative(), "HEALER_PROBE_GRACE: expected PT0S or more, was " + grace);
            Requirement.that(!warmUp.isNegative(), "HEALER_PROBE_WARM_UP: expected PT0S or more, was " + warmUp);
        }
    }

    /**
     * The healer's rhythm and its time-boxes.
     *
     * @param tick how often what is due is looked for
     * @param factsTimeout how long taking signals in may wait for facts before they are decided on later
     * @param patience how long it stands by an incident that it can do nothing about before it calls a human
     * @param recheck how soon it looks again at what is on its way
     * @param standby how soon it looks again at what it does nothing about
     * @param together how long after the end of an alert on one task an alert on another speaks of the same trouble
     * @param shutdownGrace how long running actions may take to end when the process is told to stop
     */
    @ConfigurationProperties("engine")
    public record Engine(
            Duration tick,
            Duration factsTimeout,
            Duration patience,
            Duration recheck,
            Duration standby,
            Duration together,
            Duration shutdownGrace) {

        public Engine {
            Requirement.positive("HEALER_TICK", tick);
            Requirement.positive("HEALER_FACTS_TIMEOUT", factsTimeout);
            Requirement.positive("HEALER_PATIENCE", patience);
            Requirement.positive("HEALER_RECHECK", recheck);
            Requirement.positive("HEALER_STANDBY", standby);
            Requirement.positive("HEALER_TOGETHER", together);
            Requirement.positive("HEALER_SHUTDOWN_GRACE", shutdownGrace);
        }
    }

    /** Alertmanager's API, asked now and then so that a lost webhook costs seconds. */
    @ConfigurationProperties("alertmanager")
    public record Alertmanager(String url, Duration interval) {

        public Alertmanager {
            Requirement.positive("HEALER_RECONCILE_INTERVAL", interval);
            Requirement.httpAddress("HEALER_ALERTMANAGER_URL", url);
        }
    }

    /**
     * A Prometheus that scrapes the services' tasks: evidence and what users felt of an incident are read from it.
     *
     * @param objective the share of requests that is meant to be answered well; error budgets are reckoned by it
     * @param window what counts as lately for evidence: at least four scrapes
     */
    @ConfigurationProperties("prometheus")
    public record Prometheus(String url, double objective, Duration window) {
        public Prometheus {
            Requirement.positive("HEALER_EVIDENCE_WINDOW", window);
            Requirement.httpAddress("HEALER_PROMETHEUS_URL", url);
            Requirement.that(
                    objective > 0 && objective < 1,
                    "HEALER_SLO_OBJECTIVE: expected more than 0 and less than 1, for example 0.999, was " + objective);
        }
    }

    /** A Loki that keeps the services' logs: lines of errors are read from it. */
    @ConfigurationProperties("loki")
    public record Loki(String url) {
        public Loki {
            Requirement.httpAddress("HEALER_LOKI_URL", url);
        }
    }

    /**
     * The tasks' metrics in CloudWatch.
     *
     * @param namespace blank: they are not asked for
     * @param period of a data point
     */
    @ConfigurationProperties("cloudwatch")
    public record CloudWatch(String namespace, Duration period) {}

    /**
     * How people approve actions that take a yes.
     *
     * @param key signs the links; blank: nobody can approve anything. Never shown, not even by {@link #toString()}
     * @param publicUrl under which people reach the healer
     */
    @ConfigurationProperties("approval")
    public record Approval(String key, String publicUrl) {

        /** As long as the hash that it keys. */
        static final int SHORTEST_KEY = 32;

        public Approval {
            Requirement.that(
                    key.isEmpty() || key.length() >= SHORTEST_KEY,
                    "HEALER_APPROVAL_KEY is too short: expected " + SHORTEST_KEY + " or more characters, it has "
                            + key.length());
            Requirement.that(
                    key.isEmpty() || !publicUrl.isEmpty(),
                    "HEALER_PUBLIC_URL is not set: HEALER_APPROVAL_KEY needs the address under which people reach the"
                            + " healer, for example https://healer.example");
            Requirement.httpAddress("HEALER_PUBLIC_URL", publicUrl);
        }

        @Override
        public String toString() {
            return "Approval[publicUrl=" + publicUrl + "]";
        }
    }

    /**
     * Which topics of SNS may send to {@code /signals/sns}.
     *
     * @param topics their ARNs with commas between them; empty: none
     * @param versionOne whether signatures over SHA-1 count
     * @param authorities a file of certificates in PEM form that signing certificates may lead to, besides the platform's
     */
    @ConfigurationProperties("sns")
    public record Sns(String topics, boolean versionOne, String authorities) {

        public Set<String> topicArns() {
            return Stream.of(topics.split(","))
                    .map(String::strip)
                    .filter(topic -> !topic.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** Where the DynamoDB store lives; account and region are those of the AWS environment. */
    @ConfigurationProperties("dynamo")
    public record Dynamo(String table) {
        public Dynamo {
            Requirement.that(
                    table.matches("[A-Za-z0-9_.-]{3,255}"),
                    "HEALER_DYNAMO_TABLE: expected 3 to 255 of A-Z a-z 0-9 _ . -, was '" + table + "'");
        }
    }

    /**
     * Where people look at what lies outside of the healer: addresses with {trace}, {service}, {task}, {from} and {to} (times in
     * milliseconds since 1970) in them; blank: nowhere.
     */
    @ConfigurationProperties("links")
    public record Links(String trace, String logs, String metrics) {
        public Links {
            requireAddress("HEALER_TRACE_LINK", trace);
            requireAddress("HEALER_LOGS_LINK", logs);
            requireAddress("HEALER_METRICS_LINK", metrics);
        }

        /** What a browser is sent to must be a page, not a script: https or http, and the host must be the operator's. */
        private static void requireAddress(String name, String link) {
            Requirement.that(
                    link.isEmpty() || link.matches("https?://[^/{}?#]+(/.*)?"),
                    name + ": expected an address such as https://jaeger.example/trace/{trace}, was '" + link + "'");
        }
    }

    /**
     * The project of docker compose that is the fleet.
     *
     * @param project as compose names it
     * @param engine where its engine listens
     */
    @ConfigurationProperties("compose")
    public record Compose(String project, String engine) {}

    /** The SNS topic that is told of every change of an incident's state; blank: none. */
    @ConfigurationProperties("sns-notices")
    public record SnsNoticeTopic(String topicArn) {}

    /** Where the JDBC store lives. */
    @ConfigurationProperties("jdbc")
    public record Jdbc(String url, String user, String password) {

        @Override
        public String toString() {
            return "Jdbc[user=" + user + "]";
        }
    }
}
