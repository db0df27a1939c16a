package io.selfheal.healer.server.http;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.server.config.HealerConfiguration;
import jakarta.inject.Singleton;

/** Reads a service as a caller names it: {@code cluster/name}, or the name alone for the healer's own cluster. */
@Singleton
final class ServiceNames {

    private final String cluster;

    ServiceNames(HealerConfiguration configuration) {
        cluster = configuration.cluster();
    }

    ServiceId parse(String text) {
        try {
            return text.contains("/") ? ServiceId.parse(text) : new ServiceId(cluster, text);
        } catch (IllegalArgumentException e) {
            throw RequestRefusedException.badRequest("service: expected a name or cluster/name, was '" + text + "'");
        }
    }
}
