package io.selfheal.healer.lambda.wiring;

import io.selfheal.healer.aws.sns.SnsNotices;
import io.selfheal.healer.aws.sns.SnsSettings;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.lambda.config.Configuration;
import io.selfheal.healer.lambda.invocation.Notices;
import io.selfheal.healer.local.WebhookNotices;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whom the operator wants to be told. */
final class Told implements AutoCloseable {
    private final WebhookNotices webhook;
    private final Optional<SnsNotices> topic;

    Told(Configuration.Notices settings, InstantSource clock) {
        this.topic = settings.topic().isEmpty()
                ? Optional.empty()
                : Optional.of(new SnsNotices(SnsSettings.ofTopic(settings.topic()), clock));
        this.webhook = new WebhookNotices(settings.webhook());
    }

    List<Notices> all() {
        List<Notices> all = new ArrayList<>();
        all.add(new Webhook(webhook));
        topic.ifPresent(one -> all.add(new Topic(one)));
        return all;
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
    }
}
