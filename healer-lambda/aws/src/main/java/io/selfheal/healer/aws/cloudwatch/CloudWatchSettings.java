package io.selfheal.healer.aws.cloudwatch;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the tasks' metrics are kept and how finely.
 *
 * @param namespace of the metrics
 * @param period of a data point: 1, 5, 10 or 30 s, or whole minutes, as CloudWatch has it
 * @param endpoint empty: the SDK finds it, by {@code AWS_ENDPOINT_URL_CLOUDWATCH} or the region
 * @param region empty: the SDK finds it, by {@code AWS_REGION} and so on
 * @param timeout bound of one call, its retries included
 */
public record CloudWatchSettings(
        String namespace, Duration period, Optional<URI> endpoint, Optional<String> region, Duration timeout) {

    public CloudWatchSettings {
        if (!namespace.matches("[A-Za-z0-9._/#:-]{1,255}") || namespace.startsWith(":")) {
            throw new IllegalArgumentException(
                    "namespace: expected 1 to 255 of A-Z a-z 0-9 . - _ / # :, not beginning with a colon, was '"
                            + namespace + "'");
        }
        long seconds = period.toSeconds();
        boolean whole = period.equals(Duration.ofSeconds(seconds));
        boolean fine = seconds == 1 || seconds == 5 || seconds == 10 || seconds == 30;
        if (!whole || seconds < 1 || !(fine || seconds % 60 == 0)) {
            throw new IllegalArgumentException(
                    "period: expected PT1S, PT5S, PT10S, PT30S or whole minutes, was " + period);
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout: expected more than 0, was " + timeout);
        }
    }

    /** As found in the environment, 2 s a call. */
    public static CloudWatchSettings of(String namespace, Duration period) {
        return new CloudWatchSettings(namespace, period, Optional.empty(), Optional.empty(), Duration.ofSeconds(2));
    }

    public CloudWatchSettings at(URI address, String where) {
        return new CloudWatchSettings(namespace, period, Optional.of(address), Optional.of(where), timeout);
    }
}
