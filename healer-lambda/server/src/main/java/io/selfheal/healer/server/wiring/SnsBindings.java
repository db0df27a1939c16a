package io.selfheal.healer.server.wiring;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.selfheal.healer.local.SnsOverHttps;
import io.selfheal.healer.local.TrustedAuthorities;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.setting.StartRefusedException;
import io.selfheal.healer.sns.Confirmations;
import io.selfheal.healer.sns.SigningCertificates;
import io.selfheal.healer.sns.SnsDoor;
import io.selfheal.healer.sns.SnsTrust;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The door for SNS, only where some topic may send. */
@Factory
@Requires(property = "healer.sns.topics", pattern = ".*\\S.*")
final class SnsBindings {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    @Singleton
    SnsOverHttps sns(Clock clock) {
        return new SnsOverHttps(TIMEOUT, clock);
    }

    /** Made at the start, because a topic that is none has to stop it. */
    @Context
    SnsDoor door(
            HealerConfiguration.Sns settings,
            SigningCertificates certificates,
            Confirmations confirmations,
            Clock clock) {
        try {
            SnsTrust trust = new SnsTrust(settings.topicArns(), settings.versionOne(), anchors(settings));
            return new SnsDoor(trust, certificates, confirmations, clock);
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException("HEALER_SNS_TOPICS: " + e.getMessage());
        }
    }

    private static Set<TrustAnchor> anchors(HealerConfiguration.Sns settings) {
        Set<TrustAnchor> anchors = new HashSet<>(TrustedAuthorities.ofPlatform());
        if (!settings.authorities().isEmpty()) {
            try {
                anchors.addAll(TrustedAuthorities.ofFile(Path.of(settings.authorities())));
            } catch (IOException e) {
                throw new StartRefusedException("HEALER_SNS_AUTHORITIES: " + e.getMessage());
            }
        }
        return anchors;
    }
}
