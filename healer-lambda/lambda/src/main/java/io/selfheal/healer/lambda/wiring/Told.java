package io.selfheal.healer.lambda.wiring;

import io.selfheal.healer.aws.sns.SnsNotices;
import io.selfheal.healer.aws.sns.SnsSettings;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.lambda.config.Configuration;
import io.selfheal.healer.lambda.invocation.Notices;
import io.selfheal.healer.local.WebhookNotices;
import io.selfheal.healer.local.telemetry.GrafanaAnnotations;
import io.selfheal.healer.local.telemetry.IncidentTraces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Whom the operator wants to be told. */
final class Told implements AutoCloseable {
    private final WebhookNotices webhook;
    private final Optional<SnsNotices> topic;
    private final Optional<IncidentTraces> traces;
    private final Optional<GrafanaAnnotations> annotations;

    Told(Configuration.Notices settings, IncidentArchive archive, InstantSource clock) {
        this.topic = settings.topic().isEmpty()
                ? Optional.empty()
                : Optional.of(new SnsNotices(SnsSettings.ofTopic(settings.topic()), clock));
        this.webhook = new WebhookNotices(settings.webhook());
        this.traces = settings.traces().map(collector -> new IncidentTraces(collector, archive));
        this.annotations = settings.grafana().map(GrafanaAnnotations::new);
    }

    List<Notices> all() {
        List<Notices> all = new ArrayList<>();
        all.add(new One(webhook, webhook::flush));
        topic.ifPresent(one -> all.add(new One(one, one::flush)));
        traces.ifPresent(one -> all.add(new One(one, one::flush)));
        annotations.ifPresent(one -> all.add(new One(one, one::flush)));
        return all;
    }

    private record One(HistoryListener listener, Predicate<Duration> flushing) implements Notices {
        @Override
        public boolean flush(Duration atMost) {
            return flushing.test(atMost);
        }
    }

    @Override
    public void close() {
        webhook.close();
        topic.ifPresent(SnsNotices::close);
        traces.ifPresent(IncidentTraces::close);
        annotations.ifPresent(GrafanaAnnotations::close);
    }
}
