package io.selfheal.healer.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.selfheal.healer.audit.StoredHistory;
import io.selfheal.healer.control.Interventions;
import io.selfheal.healer.control.Silences;
import io.selfheal.healer.control.Storms;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.engine.Ports;
import io.selfheal.healer.evidence.CombinedEvidence;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.fleet.SteeredFleet;
import io.selfheal.healer.fleet.TaskControl;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.local.AlertmanagerSilences;
import io.selfheal.healer.local.HistoryLog;
import io.selfheal.healer.local.HttpHealthProbe;
import io.selfheal.healer.local.HttpTaskControl;
import io.selfheal.healer.local.JdbcDatabase;
import io.selfheal.healer.local.JdbcIncidentStore;
import io.selfheal.healer.local.JdbcInterventions;
import io.selfheal.healer.local.JdbcSettings;
import io.selfheal.healer.local.JdbcStoredHistory;
import io.selfheal.healer.local.JdbcStorms;
import io.selfheal.healer.local.JdbcSwitches;
import io.selfheal.healer.local.LokiEvidence;
import io.selfheal.healer.local.PrometheusEvidence;
import io.selfheal.healer.local.PrometheusImpact;
import io.selfheal.healer.local.WebhookNotices;
import io.selfheal.healer.report.ImpactReader;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.server.telemetry.StoreWrites;
import io.selfheal.healer.setting.StartRefusedException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The adapters without AWS; the store among them where the operator chose it. */
@Factory
final class LocalBindings {

    private static final Duration ALERTMANAGER_TIMEOUT = Duration.ofSeconds(2);
    /** So long Alertmanager may be away, for example restarting, before its silences are no longer known. */
    private static final Duration SILENCES_GOOD_FOR = Duration.ofSeconds(30);

    @Bean(preDestroy = "close")
    @Singleton
    @Requires(property = "healer.store", value = "jdbc")
    JdbcDatabase database(HealerConfiguration.Jdbc jdbc) {
        try {
            return JdbcDatabase.open(JdbcSettings.of(jdbc.url(), jdbc.user(), jdbc.password()));
        } catch (IllegalArgumentException | IllegalStateException | StoreUnavailableException e) {
            throw new StartRefusedException("HEALER_JDBC_URL: " + e.getMessage());
        }
    }

    @Singleton
    @Requires(bean = JdbcDatabase.class)
    IncidentStore store(JdbcDatabase database, MeterRegistry registry) {
        return new StoreWrites(new JdbcIncidentStore(database), registry);
    }

    @Singleton
    @Requires(bean = JdbcDatabase.class)
    IncidentArchive archive(JdbcDatabase database) {
        return new JdbcIncidentStore(database);
    }

    @Singleton
    @Requires(bean = JdbcDatabase.class)
    StoredHistory storedHistory(JdbcDatabase database) {
        return new JdbcStoredHistory(database);
    }

    @Singleton
    @Requires(bean = JdbcDatabase.class)
    Switches switches(JdbcDatabase database) {
        return new JdbcSwitches(database);
    }

    @Singleton
    @Requires(bean = JdbcDatabase.class)
    Interventions interventions(JdbcDatabase database) {
        return new JdbcInterventions(database);
    }

    @Singleton
    @Requires(bean = JdbcDatabase.class)
    Storms storms(JdbcDatabase database) {
        return new JdbcStorms(database);
    }

    @Singleton
    HttpHealthProbe probe(HealerConfiguration.Probe probe, Clock clock) {
        return new HttpHealthProbe(probe.path(), probe.timeout(), clock);
    }

    /** Where no Alertmanager is configured, nothing can be silenced. */
    @Singleton
    @Requires(property = "healer.alertmanager.url", pattern = ".+")
    AlertmanagerSilences silences(HealerConfiguration.Alertmanager alertmanager, Clock clock) {
        Duration threeReadings = alertmanager.interval().multipliedBy(3);
        return new AlertmanagerSilences(
                URI.create(alertmanager.url()),
                ALERTMANAGER_TIMEOUT,
                threeReadings.compareTo(SILENCES_GOOD_FOR) > 0 ? threeReadings : SILENCES_GOOD_FOR,
                clock);
    }

    @Singleton
    Ports ports(
            IncidentStore store,
            IncidentArchive archive,
            Fleet fleet,
            HealthProbe probe,
            Switches switches,
            Optional<AlertmanagerSilences> silences,
            Storms storms,
            List<TaskControl> controls,
            List<EvidenceSource> sources,
            Workers workers) {
        Fleet steered = controls.stream()
                .findFirst()
                .<Fleet>map(control -> new SteeredFleet(fleet, control))
                .orElse(fleet);
        Silences silenced = silences.<Silences>map(one -> one).orElse(Silences.NONE);
        return new Ports(
                store,
                archive,
                steered,
                probe,
                switches,
                silenced,
                storms,
                new CombinedEvidence(sources, workers, CombinedEvidence.TIME));
    }

    @Singleton
    @Requires(property = "healer.prometheus.url", pattern = ".+")
    PrometheusEvidence metrics(HealerConfiguration.Prometheus prometheus, Clock clock) {
        return new PrometheusEvidence(URI.create(prometheus.url()), prometheus.window(), clock);
    }

    @Singleton
    @Requires(property = "healer.loki.url", pattern = ".+")
    LokiEvidence logs(HealerConfiguration.Loki loki, Clock clock) {
        return new LokiEvidence(URI.create(loki.url()), clock);
    }

    @Singleton
    @Requires(property = "healer.modes-token", pattern = ".+")
    HttpTaskControl taskControl(HealerConfiguration configuration) {
        return new HttpTaskControl(configuration.modesToken());
    }

    @Singleton
    HistoryLog historyLog() {
        return new HistoryLog();
    }

    @Singleton
    ImpactReader impact(HealerConfiguration.Prometheus prometheus, Clock clock) {
        return prometheus.url().isEmpty()
                ? (_, _, _) -> new Fact.Unknown<>("no Prometheus is configured (HEALER_PROMETHEUS_URL)")
                : new PrometheusImpact(URI.create(prometheus.url()), prometheus.objective(), clock);
    }

    @Bean(preDestroy = "close")
    @Singleton
    WebhookNotices notices(HealerConfiguration configuration) {
        return new WebhookNotices(configuration.noticesAddress());
    }
}
