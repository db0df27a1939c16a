package io.selfheal.healer.server.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.selfheal.healer.aws.EcsFleet;
import io.selfheal.healer.aws.EcsSettings;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.setting.StartRefusedException;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The adapters on AWS, where the operator chose them. */
@Factory
final class AwsBindings {

    private static final int LONGEST = 160;

    /** Endpoint, region and credentials come from the SDK's own chain: AWS_ENDPOINT_URL_ECS, AWS_REGION and so on. */
    @Bean(preDestroy = "close")
    @Singleton
    @Requires(property = "healer.fleet", value = "ecs")
    EcsFleet ecsFleet(HealerConfiguration configuration, Clock clock) {
        try {
            return new EcsFleet(EcsSettings.ofCluster(configuration.cluster()), clock);
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new StartRefusedException(
                    "HEALER_FLEET=ecs: the ECS client cannot be set up (is AWS_REGION set?): " + brief(why));
        }
    }

    /** Whatever fleet is in use: only ECS keeps records. */
    @Singleton
    @Requires(property = "healer.fleet", value = "ecs")
    EvidenceSource records(Fleet fleet) {
        return fleet instanceof EcsFleet ecs ? ecs.evidence() : _ -> Evidence.unknown("the fleet keeps no records");
    }

    /** A source of its own, so that its being late costs nothing else. */
    @Singleton
    @Requires(property = "healer.fleet", value = "ecs")
    EvidenceSource logs(Fleet fleet) {
        return fleet instanceof EcsFleet ecs ? ecs.logs() : _ -> Evidence.untold();
    }

    /** The SDK lists every place it looked at; the first words say what is missing. */
    private static String brief(String why) {
        return why.length() <= LONGEST ? why : why.substring(0, LONGEST) + "…";
    }
}
