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
        all.add(new Webhook(webhook));
        topic.ifPresent(one -> all.add(new Topic(one)));
        traces.ifPresent(one -> all.add(new Traces(one)));
        annotations.ifPresent(one -> all.add(new Annotations(one)));
        return all;
    }

    private record Traces(IncidentTraces traces) implements Notices {
        @Override
        public HistoryListener listener() {
            return traces;
        }

        @Override
        public boolean flush(Duration atMost) {
            return traces.flush(atMost);
        }
    }

    private record Annotations(GrafanaAnnotations annotations) implements Notices {
        @Override
        public HistoryListener listener() {
            return annotations;
        }

        @Override
        public boolean flush(Duration atMost) {
            return annotations.flush(atMost);
        }
    }

    private record Webhook(WebhookNotices notices) implements Notices {
        @Override
        public HistoryListener listener() {
            return notices;
        }

        @Override
        public boolean flush(Duration atMost) {
            return notices.flush(atMost);
        }
    }

    private record Topic(SnsNotices notices) implements Notices {
        @Override
        public HistoryListener listener() {
            return notices;
        }

        @Override
        public boolean flush(Duration atMost) {
            return notices.flush(atMost);
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
