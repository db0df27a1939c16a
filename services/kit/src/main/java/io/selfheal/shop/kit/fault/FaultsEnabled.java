package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one switch of all faults: every other bean here asks for this one. Production does not get past it. */
@Context
@Requires(property = "faults.enabled", value = "true")
final class FaultsEnabled {

    private static final Logger LOG = LoggerFactory.getLogger(FaultsEnabled.class);
    private static final Set<String> PRODUCTION = Set.of("prod", "production");

    FaultsEnabled(Environment environment) {
        if (environment.getActiveNames().stream().anyMatch(PRODUCTION::contains)) {
            throw new ConfigurationException(
                    "Faults must never be enabled in production: unset FAULTS_ENABLED or do not run in the environment 'prod'.");
        }
        LOG.warn("Faults are enabled: anyone who reaches /faults can break this instance");
    }
}
