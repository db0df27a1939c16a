package io.selfheal.healer.server.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.selfheal.healer.engine.Remediator;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.local.AlertmanagerPoll;
import io.selfheal.healer.local.AlertmanagerSilences;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.server.console.Feed;
import io.selfheal.healer.server.telemetry.FleetGauges;
import io.selfheal.healer.server.telemetry.OpenIncidents;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.watch.ProbeWatch;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the healer does by itself, and how often. */
@Factory
final class HeartbeatBindings {

    private static final Duration ALERTMANAGER_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration STOCKTAKING = Duration.ofSeconds(5);
    private static final Duration CONSOLES = Duration.ofMillis(200);
    private static final Duration TIDYING = Duration.ofSeconds(15);

    @Bean(preDestroy = "close")
    @Singleton
    Heartbeat heartbeat(List<Beat> beats) {
        return new Heartbeat(beats);
    }

    @Singleton
    Beat tick(HealerConfiguration.Engine engine, Remediator remediator) {
        return new Beat("looking at what is due", engine.tick(), remediator::tick);
    }

    @Singleton
    Beat stocktaking(OpenIncidents openIncidents) {
        return new Beat("counting open incidents", STOCKTAKING, openIncidents::refresh);
    }

    @Singleton
    Beat consoles(Feed feed) {
        return new Beat("telling consoles", CONSOLES, feed::tell);
    }

    @Singleton
    Beat spareMemory() {
        return new Beat("giving memory back", TIDYING, new SpareMemory()::giveBack);
    }

    @Singleton
    Beat fleetGauges(FleetGauges gauges, HealerConfiguration.Probe probe) {
        return new Beat("counting tasks", probe.interval(), gauges::refresh);
    }

    @Singleton
    @Requires(property = "healer.probe.enabled", value = "true")
    Beat probing(HealerConfiguration.Probe probe, ProbeWatch watch) {
        return new Beat("probing", probe.interval(), watch::poll);
    }

    @Singleton
    @Requires(property = "healer.alertmanager.url", pattern = ".+")
    Beat reconciling(
            HealerConfiguration configuration,
            HealerConfiguration.Alertmanager alertmanager,
            IncidentStore store,
            Remediator remediator,
            Clock clock) {
        AlertmanagerPoll poll = new AlertmanagerPoll(
                URI.create(alertmanager.url()), configuration.cluster(), ALERTMANAGER_TIMEOUT, store, clock);
        return new Beat("asking Alertmanager", alertmanager.interval(), () -> reconcile(poll, remediator));
    }

    /** Left unread they keep the healer from acting, which the log then says. */
    @Singleton
    @Requires(bean = AlertmanagerSilences.class)
    Beat readingSilences(HealerConfiguration.Alertmanager alertmanager, AlertmanagerSilences silences) {
        return new Beat("reading Alertmanager's silences", alertmanager.interval(), silences::refresh);
    }

    private static void reconcile(AlertmanagerPoll poll, Remediator remediator) {
        switch (poll.read()) {
            case Fact.Known<List<Alert>>(List<Alert> alerts, Instant _) ->
                remediator.reconcile(SignalSource.ALERTMANAGER, alerts);
            // Nothing may be taken for resolved: what could not be read stays as it is.
            case Fact.Unknown<List<Alert>>(String why) -> throw new IllegalStateException(why);
        }
    }
}
