package io.selfheal.healer.server.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.selfheal.healer.aws.EcsFleet;
import io.selfheal.healer.aws.EcsSettings;
import io.selfheal.healer.server.config.HealerConfiguration;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The adapters on AWS, where the operator chose them. */
@Factory
final class AwsBindings {

    /** Endpoint, region and credentials come from the SDK's own chain: AWS_ENDPOINT_URL_ECS, AWS_REGION and so on. */
    @Bean(preDestroy = "close")
    @Singleton
    @Requires(property = "healer.fleet", value = "ecs")
    EcsFleet ecsFleet(HealerConfiguration configuration, Clock clock) {
        return new EcsFleet(EcsSettings.ofCluster(configuration.cluster()), clock);
    }
}
