package io.selfheal.healer.server.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.selfheal.healer.aws.cloudwatch.CloudWatchSettings;
import io.selfheal.healer.aws.cloudwatch.CloudWatchVitals;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.setting.StartRefusedException;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Evidence from CloudWatch's metrics, where a namespace is set: otherwise nothing of it is loaded. */
@Factory
@Requires(property = "healer.cloudwatch.namespace", pattern = ".+")
final class CloudWatchBindings {

    /** Endpoint, region and credentials come from the SDK's own chain: AWS_ENDPOINT_URL_CLOUDWATCH, AWS_REGION and so on. */
    @Bean(preDestroy = "close")
    @Singleton
    CloudWatchVitals vitals(HealerConfiguration.CloudWatch metrics, Fleet fleet, Clock clock) {
        try {
            return new CloudWatchVitals(CloudWatchSettings.of(metrics.namespace(), metrics.period()), fleet, clock);
        } catch (RuntimeException e) {
            throw new StartRefusedException("HEALER_CLOUDWATCH_NAMESPACE, HEALER_CLOUDWATCH_PERIOD: " + e.getMessage());
        }
    }
}
