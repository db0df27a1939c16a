package io.selfheal.healer.server.wiring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.selfheal.healer.aws.sns.SnsNotices;
import io.selfheal.healer.aws.sns.SnsSettings;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.setting.StartRefusedException;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Notices by SNS, where a topic is set: otherwise nothing of it is loaded. Beside those by webhook, not instead of them. */
@Factory
@Requires(property = "healer.sns-notices.topic-arn", pattern = ".+")
final class SnsNoticeBindings {

    @Bean(preDestroy = "close")
    @Singleton
    SnsNotices snsNotices(HealerConfiguration.SnsNoticeTopic topic, Clock clock, MeterRegistry registry) {
        try {
            SnsNotices notices = new SnsNotices(SnsSettings.ofTopic(topic.topicArn()), clock);
            FunctionCounter.builder("healer.notices.lost", notices, SnsNotices::lost)
                    .description("Notices that never reached the SNS topic")
                    .register(registry);
            return notices;
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException("HEALER_SNS_TOPIC_ARN: " + e.getMessage());
        }
    }
}
