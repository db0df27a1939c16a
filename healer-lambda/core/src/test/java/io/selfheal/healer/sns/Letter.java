package io.selfheal.healer.sns;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.json.JsonTrees;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A message of SNS to be, signed as it stands when it is signed. */
public final class Letter {
    public static final String TOPIC = "arn:aws:sns:eu-west-1:000000000000:alarms";
    public static final String HOST = "https://sns.eu-west-1.amazonaws.com/";
    public static final String FILE = HOST + "SimpleNotificationService-0123456789abcdef0123456789abcdef.pem";
    public static final String TOKEN = "2336412f37fb687f5d51e6e2425f004a";
    public static final String SUBSCRIBE = HOST + "?Action=ConfirmSubscription&TopicArn=" + TOPIC + "&Token=" + TOKEN;

    private static final List<String> NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> CONFIRMATION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    final ObjectNode json;

    private Letter(ObjectNode json) {
        this.json = json;
    }

    public static Letter notification() {
        return new Letter(common("Notification")
                        .put("Subject", "ALARM: \"order\" in EU (Ireland)")
                        .put("Message", "{\"AlarmName\":\"order\",\n\"äöü\":\"\\u0000\"}"))
                .with("UnsubscribeURL", HOST + "?Action=Unsubscribe&SubscriptionArn=" + TOPIC + ":1")
                .signed();
    }

    public static Letter confirmation(String type) {
        return new Letter(common(type)
                        .put("Message", "You have chosen to subscribe to the topic " + TOPIC + ".\nTo confirm ...")
                        .put("Token", TOKEN)
                        .put("SubscribeURL", SUBSCRIBE))
                .signed();
    }

    private static ObjectNode common(String type) {
        return JsonTrees.object()
                .put("Type", type)
                .put("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324")
                .put("TopicArn", TOPIC)
                .put("Timestamp", "2026-01-01T00:04:59.180Z")
                .put("SignatureVersion", "2")
                .put("SigningCertURL", FILE);
    }

    public Letter with(String field, String value) {
        json.put(field, value);
        return this;
    }

    public Letter changed(Consumer<ObjectNode> change) {
        change.accept(json);
        return this;
    }

    public Letter signed() {
        return signed(TestAuthority.SNS_KEY.getPrivate(), version());
    }

    private String version() {
        return json.path("SignatureVersion").asText().equals("1") ? "SHA1withRSA" : "SHA256withRSA";
    }

    public Letter signed(PrivateKey key, String algorithm) {
        return signed(key, algorithm, UnaryOperator.identity());
    }

    /** Over a text that was changed before. */
    public Letter signed(PrivateKey key, String algorithm, UnaryOperator<String> change) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(change.apply(text()).getBytes(StandardCharsets.UTF_8));
            return with("Signature", Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String text() {
        boolean notification = json.path("Type").asText().equals("Notification");
        StringBuilder text = new StringBuilder();
        for (String field : notification ? NOTIFICATION : CONFIRMATION) {
            if (json.hasNonNull(field)) {
                text.append(field)
                        .append('\n')
                        .append(json.path(field).asText())
                        .append('\n');
            }
        }
        return text.toString();
    }

    public byte[] bytes() {
        return JsonTrees.write(json).getBytes(StandardCharsets.UTF_8);
    }

    public String written() {
        return JsonTrees.write(json);
    }
}
