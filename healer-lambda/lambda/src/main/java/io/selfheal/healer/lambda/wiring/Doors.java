package io.selfheal.healer.lambda.wiring;

import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.lambda.config.Configuration;
import io.selfheal.healer.lambda.http.HttpDoor;
import io.selfheal.healer.local.SnsOverHttps;
import io.selfheal.healer.local.TrustedAuthorities;
import io.selfheal.healer.setting.StartRefusedException;
import io.selfheal.healer.sns.SnsDoor;
import io.selfheal.healer.sns.SnsTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The doors for what comes over HTTP. */
public final class Doors {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private Doors() {}

    public static HttpDoor of(Configuration configuration, Intake intake, InstantSource clock) {
        Configuration.Doors doors = configuration.doors();
        return new HttpDoor(intake, sns(doors, clock), doors.token());
    }

    /** Made at the start, because a topic that is none has to stop it. */
    private static Optional<SnsDoor> sns(Configuration.Doors doors, InstantSource clock) {
        if (doors.topics().isEmpty()) {
            return Optional.empty();
        }
        try {
            SnsTrust trust = new SnsTrust(doors.topics(), doors.versionOne(), anchors(doors));
            SnsOverHttps sns = new SnsOverHttps(TIMEOUT, clock);
            return Optional.of(new SnsDoor(trust, sns, sns, clock));
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException("HEALER_SNS_TOPICS: " + e.getMessage());
        }
    }

    private static Set<TrustAnchor> anchors(Configuration.Doors doors) {
        Set<TrustAnchor> anchors = new HashSet<>(TrustedAuthorities.ofPlatform());
        if (!doors.authorities().isEmpty()) {
            try {
                anchors.addAll(TrustedAuthorities.ofFile(Path.of(doors.authorities())));
            } catch (IOException e) {
                throw new StartRefusedException("HEALER_SNS_AUTHORITIES: " + e.getMessage());
            }
        }
        return anchors;
    }
}
