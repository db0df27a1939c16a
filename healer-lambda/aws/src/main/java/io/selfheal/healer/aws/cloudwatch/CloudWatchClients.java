package io.selfheal.healer.aws.cloudwatch;

import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClientBuilder;

/** Makes the client: one retry, since evidence is waited for. */
final class CloudWatchClients {
    private static final Duration ATTEMPT = Duration.ofSeconds(1);

    private CloudWatchClients() {}

    static CloudWatchClient of(CloudWatchSettings settings) {
        Duration attempt = settings.timeout().compareTo(ATTEMPT) < 0 ? settings.timeout() : ATTEMPT;
        CloudWatchClientBuilder builder = CloudWatchClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(attempt)
                        .socketTimeout(attempt))
                .overrideConfiguration(config ->
                        config.retryStrategy(retry -> retry.maxAttempts(2)).apiCallTimeout(settings.timeout()));
        settings.region().map(Region::of).ifPresent(builder::region);
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
