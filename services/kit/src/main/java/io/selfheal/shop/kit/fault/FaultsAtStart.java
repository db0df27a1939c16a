package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * {@code FAULTS_AT_START}: faults that are on from the first request, with their usual parameters, as in a release that is bad from
 * its beginning. Without {@code faults.enabled} it is not read.
 */
@Singleton
@Requires(bean = FaultsEnabled.class)
@Requires(property = "faults.at.start", pattern = "(?s).*\\S.*")
final class FaultsAtStart implements ApplicationEventListener<ServerStartupEvent> {

    private final Faults faults;
    private final String names;

    FaultsAtStart(Faults faults, @Property(name = "faults.at.start") String names) {
        this.faults = faults;
        this.names = names;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        List.of(names.split(",", -1)).forEach(name -> start(name.strip()));
    }

    private void start(String name) {
        if (faults.start(name, Map.of()).isEmpty()) {
            throw new ConfigurationException("FAULTS_AT_START names '" + name + "', which is no fault; there is "
                    + faults.all().stream().map(FaultView::name).toList());
        }
    }
}
