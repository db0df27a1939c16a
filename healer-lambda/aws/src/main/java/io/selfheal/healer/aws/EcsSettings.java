package io.selfheal.healer.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which cluster the healer may touch, where its API is and how long it may take.
 *
 * @param cluster name or ARN
 * @param endpoint empty: the SDK finds it, by {@code AWS_ENDPOINT_URL_ECS} or the region
 * @param region empty: the SDK finds it, by {@code AWS_REGION}, the profile or the instance
 * @param optIn when present, a service without this tag is never looked at, hence never acted on
 * @param attemptTimeout bound of one HTTP exchange
 * @param callTimeout bound of one call of the port, its retries and all the requests it is made of included
 * @param maxAttempts how often one request is sent at most, the first time included
 */
public record EcsSettings(
        String cluster,
        Optional<URI> endpoint,
        Optional<String> region,
        Optional<OptIn> optIn,
        Duration attemptTimeout,
        Duration callTimeout,
        int maxAttempts) {

    /** A tag that a service must carry, for example {@code selfheal=on}. */
    public record OptIn(String key, String value) {}

    public EcsSettings {
        if (cluster.isBlank()) {
            throw new IllegalArgumentException("cluster: expected a name or an ARN, was blank");
        }
        if (!attemptTimeout.isPositive() || callTimeout.compareTo(attemptTimeout) < 0) {
            throw new IllegalArgumentException("timeouts: expected 0 < attemptTimeout <= callTimeout, were "
                    + attemptTimeout + " and " + callTimeout);
        }
        if (maxAttempts < 1 || maxAttempts > 10) {
            throw new IllegalArgumentException("maxAttempts: expected 1 to 10, was " + maxAttempts);
        }
    }

    /** Everything as it is found in the environment, 2 s an attempt, 5 s a call, three attempts. */
    public static EcsSettings ofCluster(String cluster) {
        return new EcsSettings(
                cluster,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                3);
    }

    public EcsSettings at(URI endpoint, String region) {
        return new EcsSettings(
                cluster, Optional.of(endpoint), Optional.of(region), optIn, attemptTimeout, callTimeout, maxAttempts);
    }

    public EcsSettings onlyTagged(String key, String value) {
        return new EcsSettings(
                cluster,
                endpoint,
                region,
                Optional.of(new OptIn(key, value)),
                attemptTimeout,
                callTimeout,
                maxAttempts);
    }

    public EcsSettings within(Duration attempt, Duration call) {
        return new EcsSettings(cluster, endpoint, region, optIn, attempt, call, maxAttempts);
    }

    /** The name by which alerts and people call the cluster. */
    String clusterName() {
        return cluster.substring(cluster.lastIndexOf('/') + 1);
    }
}
