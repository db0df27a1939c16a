package io.selfheal.healer.aws.sns;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which topic, and how much of it.
 *
 * @param topic the ARN of a standard topic; its region is the client's
 * @param endpoint empty: the SDK finds it, by {@code AWS_ENDPOINT_URL_SNS} or the region
 * @param perWindow so many notices go out one by one within a window; the others are summed up in one at its end
 * @param timeout bound of one attempt
 */
public record SnsSettings(
        String topic, Optional<URI> endpoint, int perWindow, Duration window, Duration timeout, Duration firstBackoff) {
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:sns:([a-z0-9-]+):[0-9]{12}:[A-Za-z0-9_-]{1,256}");

    public SnsSettings {
        if (topic.endsWith(".fifo")) {
            throw new IllegalArgumentException("topic: expected a standard topic, was the FIFO topic '" + topic + "'");
        }
        if (!ARN.matcher(topic).matches()) {
            throw new IllegalArgumentException("topic: expected arn:aws:sns:REGION:ACCOUNT:NAME, was '" + topic + "'");
        }
        if (perWindow < 1 || !window.isPositive() || !timeout.isPositive() || !firstBackoff.isPositive()) {
            throw new IllegalArgumentException(
                    "perWindow, window, timeout and firstBackoff: expected more than 0, were " + perWindow + ", "
                            + window + ", " + timeout + " and " + firstBackoff);
        }
    }

    /** Four a minute and one that sums up the rest: a healed incident is four states, and a storm makes no more than five calls. */
    public static SnsSettings ofTopic(String topic) {
        return new SnsSettings(
                topic, Optional.empty(), 4, Duration.ofMinutes(1), Duration.ofSeconds(3), Duration.ofMillis(250));
    }

    public SnsSettings at(URI address) {
        return new SnsSettings(topic, Optional.of(address), perWindow, window, timeout, firstBackoff);
    }

    SnsSettings patient(Duration bound, Duration first) {
        return new SnsSettings(topic, endpoint, perWindow, window, bound, first);
    }

    String region() {
        Matcher parts = ARN.matcher(topic);
        return parts.matches() ? parts.group(1) : "";
    }
}
