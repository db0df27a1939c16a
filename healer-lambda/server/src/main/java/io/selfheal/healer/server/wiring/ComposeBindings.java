package io.selfheal.healer.server.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.local.compose.ComposeFleet;
import io.selfheal.healer.local.compose.ComposeSettings;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.setting.StartRefusedException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;

/** The fleet of docker compose, where the operator chose it: otherwise nothing of it is loaded. */
@Factory
@Requires(property = "healer.fleet", value = "compose")
final class ComposeBindings {

    /** An engine that cannot be asked now cannot be told later: the start is refused. */
    @Bean(preDestroy = "close")
    @Singleton
    ComposeFleet composeFleet(HealerConfiguration configuration, HealerConfiguration.Compose compose, Clock clock) {
        try {
            URI engine = URI.create(compose.engine());
            return ComposeFleet.open(ComposeSettings.of(configuration.cluster(), compose.project(), engine), clock);
        } catch (IllegalArgumentException wrong) {
            throw new StartRefusedException("HEALER_COMPOSE_PROJECT, HEALER_COMPOSE_ENGINE: " + wrong.getMessage());
        } catch (IllegalStateException away) {
            throw new StartRefusedException("HEALER_FLEET=compose: " + away.getMessage());
        }
    }

    @Singleton
    EvidenceSource ends(ComposeFleet fleet) {
        return fleet.evidence();
    }
}
