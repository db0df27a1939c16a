package io.selfheal.healer.sns;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The addresses that may be asked about a topic. A text is compared with what SNS writes, character by character, before
 * anything takes it for a URL: what two parsers would read differently matches neither.
 */
final class Addresses {
    private static final Pattern FILE = Pattern.compile("SimpleNotificationService-[0-9a-zA-Z]{1,64}\\.pem");

    private Addresses() {}

    /** Where the certificate is. */
    static URI certificate(TopicArn topic, String address) throws DoubtException {
        String base = base(topic);
        if (!address.startsWith(base)
                || !FILE.matcher(address.substring(base.length())).matches()) {
            throw new DoubtException(
                    Doubt.ADDRESS, "SigningCertURL: expected " + base + "SimpleNotificationService-ID.pem");
        }
        return URI.create(address);
    }

    /** Where a subscription is confirmed. What came has to say the same, but what is asked is written here. */
    static URI confirmation(TopicArn topic, String token, String address) throws DoubtException {
        String base = base(topic) + "?";
        Map<String, String> expected =
                Map.of("Action", "ConfirmSubscription", "TopicArn", topic.text(), "Token", token);
        if (!address.startsWith(base) || !expected.equals(query(address.substring(base.length())))) {
            throw new DoubtException(
                    Doubt.ADDRESS,
                    "SubscribeURL: expected " + base + "Action=ConfirmSubscription with TopicArn and Token of the"
                            + " message and nothing else");
        }
        return URI.create(base + "Action=ConfirmSubscription&TopicArn=" + topic.text() + "&Token=" + token);
    }

    private static String base(TopicArn topic) {
        return "https://" + topic.host() + "/";
    }

    /** Empty for what is no query, or names something twice. */
    private static Map<String, String> query(String text) {
        Map<String, String> values = new HashMap<>();
        for (String part : text.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0 || values.put(part.substring(0, equals), decoded(part.substring(equals + 1))) != null) {
                return Map.of();
            }
        }
        return values;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            // Equal to nothing that is expected, since a percent sign is in none of it.
            return value;
        }
    }
}
