package io.selfheal.healer.aws.dynamo;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which table, where its API is and how long it may take.
 *
 * @param endpoint empty: the SDK finds it, by {@code AWS_ENDPOINT_URL_DYNAMODB} or the region
 * @param region empty: the SDK finds it, by {@code AWS_REGION}, the profile or the instance
 * @param attemptTimeout bound of one HTTP exchange
 * @param callTimeout bound of one request, its repetitions included
 * @param maxAttempts how often one request is sent at most, the first time included
 */
public record DynamoSettings(
        String table,
        Optional<URI> endpoint,
        Optional<String> region,
        Duration attemptTimeout,
        Duration callTimeout,
        int maxAttempts) {

    public DynamoSettings {
        if (!table.matches("[A-Za-z0-9_.-]{3,255}")) {
            throw new IllegalArgumentException("table: expected 3 to 255 of A-Z a-z 0-9 _ . -, was '" + table + "'");
        }
        if (!attemptTimeout.isPositive() || callTimeout.compareTo(attemptTimeout) < 0) {
            throw new IllegalArgumentException("timeouts: expected 0 < attemptTimeout <= callTimeout, were "
                    + attemptTimeout + " and " + callTimeout);
        }
        if (maxAttempts < 1 || maxAttempts > 10) {
            throw new IllegalArgumentException("maxAttempts: expected 1 to 10, was " + maxAttempts);
        }
    }

    /** Everything as it is found in the environment, 2 s an attempt, 5 s a request, four attempts. */
    public static DynamoSettings ofTable(String table) {
        return new DynamoSettings(
                table, Optional.empty(), Optional.empty(), Duration.ofSeconds(2), Duration.ofSeconds(5), 4);
    }

    public DynamoSettings at(URI endpoint, String region) {
        return new DynamoSettings(
                table, Optional.of(endpoint), Optional.of(region), attemptTimeout, callTimeout, maxAttempts);
    }

    public DynamoSettings within(Duration attempt, Duration call) {
        return new DynamoSettings(table, endpoint, region, attempt, call, maxAttempts);
    }
}
