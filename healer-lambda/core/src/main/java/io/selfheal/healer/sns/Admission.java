package io.selfheal.healer.sns;

import java.util.Map;

/** What became of one message that claims to be from SNS. */
public sealed interface Admission {

    /**
     * Of a topic that is allowed, and as it was published.
     *
     * @param attributes not covered by the signature: good for nothing but to refuse what says of itself that it was cut
     */
    record Notification(String messageId, String topicArn, String message, Map<String, String> attributes)
            implements Admission {
        public Notification {
            attributes = Map.copyOf(attributes);
        }
    }

    /** The topic asked whether it may send, and was told yes. */
    record Confirmed(String topicArn) implements Admission {}

    /** The topic will send no more. Its offer to undo that is not followed: somebody unsubscribed on purpose, or has to know. */
    record Unsubscribed(String topicArn, String messageId) implements Admission {}

    /** Not to be believed, or not to be acted upon. Sending it again does not help. */
    record Refused(Doubt doubt, String why) implements Admission {}

    /** It could not be found out now. Sending it again may help. */
    record Unavailable(String why) implements Admission {}
}
