package io.selfheal.healer.server.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.selfheal.healer.approval.ApprovalLinks;
import io.selfheal.healer.decide.Rules;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.engine.Host;
import io.selfheal.healer.engine.Ports;
import io.selfheal.healer.engine.Remediator;
import io.selfheal.healer.engine.Settings;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.local.Listeners;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.server.telemetry.IntakeMetrics;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.watch.FleetView;
import io.selfheal.healer.watch.ProbeRules;
import io.selfheal.healer.watch.ProbeWatch;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The engine, put together from the core's parts. */
@Factory
final class EngineBindings {

    /** Looks at a service further apart than this say nothing about the time between; several polls may be late. */
    private static final Duration LONGEST_GAP = Duration.ofSeconds(3);

    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Singleton
    Intake intake(HealerConfiguration configuration, Policies policies, Clock clock) {
        return new Intake(configuration.cluster(), policies.alarms(), clock);
    }

    @Singleton
    FleetView fleetView(HealerConfiguration.Probe probe) {
        Duration polls = probe.interval().plus(probe.timeout()).multipliedBy(3);
        return new FleetView(polls.compareTo(LONGEST_GAP) > 0 ? polls : LONGEST_GAP);
    }

    @Bean(preDestroy = "close")
    @Singleton
    Workers workers(HealerConfiguration.Engine engine) {
        return new Workers(engine.shutdownGrace());
    }

    @Singleton
    Host host(Clock clock, Workers workers, List<HistoryListener> listeners, ApprovalLinks links) {
        SecureRandom random = new SecureRandom();
        return new Host(
                clock,
                workers,
                () -> IncidentId.of(clock.instant(), random.nextLong()),
                new Listeners(listeners),
                links);
    }

    @Singleton
    Remediator remediator(
            Ports ports,
            FleetView view,
            Policies policies,
            HealerConfiguration.Engine engine,
            HealerConfiguration.Probe probe,
            Host host) {
        Rules rules =
                new Rules(probe.grace(), engine.patience(), engine.recheck(), engine.standby(), engine.together());
        // Without the probe nobody looks between two decisions, which may be further apart than the longest gap.
        Settings settings = new Settings(rules, engine.factsTimeout(), Settings.DEFAULT.freshEnough(), probe.enabled());
        return new Remediator(ports, view, policies, settings, host);
    }

    @Singleton
    ProbeWatch probeWatch(
            Fleet fleet,
            HealthProbe probe,
            FleetView view,
            Remediator remediator,
            IntakeMetrics metrics,
            Host host,
            HealerConfiguration.Probe settings) {
        return new ProbeWatch(
                fleet,
                probe,
                view,
                signals -> metrics.accepted(SignalSource.PROBE, remediator.accept(signals)),
                host.clock(),
                host.executor(),
                new ProbeRules(settings.misses(), settings.grace(), settings.warmUp()));
    }
}
