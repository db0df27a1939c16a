package io.selfheal.healer.server.bench;

import io.selfheal.healer.server.stage.HealerProcess;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What strangers and broken senders send: each is refused, with the status that is expected. */
enum BadRequest {
    NO_TOKEN(401),
    WRONG_TOKEN(401),
    WRONG_PATH(404),
    FOREIGN_HOST(421),
    BAD_QUERY(400),
    FORGED_LINK(403),
    MALFORMED(422),
    FORGED_SNS(403),
    /** Says that it is long, and is hung up on: each takes a connection of its own. */
    OVERSIZED(413);

    static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:alarms";

    private static final String ALERT = """
            {"version":"4","status":"firing","alerts":[{"status":"firing","labels":{"alertname":"TaskDown",\
            "service_name":"paper-1","cluster":"selfheal","task_arn":"arn"},"startsAt":"2026-05-01T10:00:00Z"}]}""";
    private static final String FORGED = """
            {"Type":"Notification","MessageId":"22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324","TopicArn":"%s","Message":"{}",\
            "Timestamp":"2026-05-01T10:00:00.000Z","SignatureVersion":"2","Signature":"AAAA",\
            "SigningCertURL":"https://sns.us-east-1.evil.example/SimpleNotificationService-1.pem"}""".formatted(TOPIC);

    private final int status;

    BadRequest(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    byte[] bytes() {
        return switch (this) {
            case NO_TOKEN -> post("/signals/alertmanager", "", ALERT);
            case WRONG_TOKEN ->
                post("/signals/alertmanager", "Authorization: Bearer wrong-horse-battery-staple\r\n", ALERT);
            case WRONG_PATH -> get("/wp-login.php", "127.0.0.1");
            case FOREIGN_HOST -> get("/incidents", "evil.example");
            case BAD_QUERY -> get("/why?service=paper-1&since=yesterday", "127.0.0.1");
            case FORGED_LINK ->
                get(
                        "/approvals/01-a?attempt=1&action=" + "0".repeat(32) + "&expires=4000000000&signature=AAAA",
                        "127.0.0.1");
            case MALFORMED -> post("/signals/alertmanager", authorised(), ALERT.substring(0, ALERT.length() / 2));
            case FORGED_SNS -> post("/signals/sns", "", FORGED);
            case OVERSIZED -> bytes("POST /signals/sns HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 700000\r\n\r\n{");
        };
    }

    private static String authorised() {
        return "Authorization: Bearer " + HealerProcess.TOKEN + "\r\n";
    }

    private static byte[] get(String path, String host) {
        return bytes("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    private static byte[] post(String path, String headers, String body) {
        return bytes("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
