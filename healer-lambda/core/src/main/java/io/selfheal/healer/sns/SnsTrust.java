package io.selfheal.healer.sns;

import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.util.Set;

/**
 * Whom to believe.
 *
 * @param topics that may send, by their whole ARN; empty: none
 * @param versionOne whether signatures over SHA-1 count, which are the default of a topic
 * @param anchors that a signing certificate has to lead to
 */
public record SnsTrust(Set<String> topics, boolean versionOne, Set<TrustAnchor> anchors) {

    /** A message this much older or younger than the healer's clock is a replay, or one of the two clocks is wrong. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    /** The token of a confirmation is good for so long (SNS API reference, ConfirmSubscription). */
    static final Duration TOKEN_GOOD_FOR = Duration.ofDays(2);

    public SnsTrust {
        topics = Set.copyOf(topics);
        anchors = Set.copyOf(anchors);
        for (String topic : topics) {
            if (!TopicArn.isOne(topic)) {
                throw new IllegalArgumentException(
                        "topics: expected arn:aws:sns:REGION:ACCOUNT:NAME, was '" + topic + "'");
            }
        }
    }
}
