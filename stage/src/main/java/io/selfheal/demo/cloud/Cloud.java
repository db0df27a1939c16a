package io.selfheal.demo.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.demo.http.Http;
import io.selfheal.demo.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a stack would set up around one service: alarm, topic and queue for it, and a topic for the healer's notices. */
public final class Cloud implements AutoCloseable {

    private static final String REGION = "us-east-1";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Letterbox alarms;
    private final Letterbox notices;
    private final Alarm alarm;
    private final CloudSettings settings;

    private Cloud(Letterbox alarms, Letterbox notices, Alarm alarm, CloudSettings settings) {
        this.alarms = alarms;
        this.notices = notices;
        this.alarm = alarm;
        this.settings = settings;
    }

    /** The state of an alarm, and why CloudWatch thinks so. */
    public record AlarmState(String value, String why) {}

    /** A change of the alarm that SNS told, and what the healer answered to it. */
    public record Delivered(String subject, String state, int answer) {}

    /** What the healer had SNS tell people. */
    public record Notice(String subject, String state) {}

    /** Everything has that name, so that two demos do not meet at one endpoint. */
    public static Cloud create(URI endpoint, String cluster, String service, String name) {
        AwsApi aws = new AwsApi(endpoint, REGION);
        Letterbox alarms = Letterbox.create(aws, name + "-alarms");
        Letterbox notices = Letterbox.create(aws, name + "-notices");
        Alarm alarm = Alarm.create(aws, name + "-" + service + "-errors", cluster, service, alarms.topic());
        return new Cloud(alarms, notices, alarm, new CloudSettings(endpoint, REGION, notices.topic(), name));
    }

    public CloudSettings settings() {
        return settings;
    }

    /** The alarm's name. */
    public String alarm() {
        return alarm.name();
    }

    /** The alarm as CloudWatch has it now. */
    public AlarmState state() {
        return alarm.state();
    }

    /** A data point of the alarm's metric, now. */
    public void report(double errorRatio) {
        alarm.report(errorRatio);
    }

    /**
     * Hands what SNS put into the alarm's queue to the healer, as Lambda's event source mapping does: in an event of the queue, and gone from
     * the queue only once the healer has it.
     */
    public List<Delivered> deliver(URI healer, String token) {
        List<Delivered> delivered = new ArrayList<>();
        for (Letterbox.Letter letter : alarms.look()) {
            JsonNode notification = json(letter.body());
            Map<String, String> row = Map.of("messageId", letter.id(), "eventSource", "aws:sqs", "body", letter.body());
            Reply reply = Http.send(
                    "POST",
                    healer.resolve("/signals/cloudwatch"),
                    Map.of("Authorization", "Bearer " + token),
                    JSON.valueToTree(Map.of("Records", List.of(row))).toString(),
                    TIMEOUT);
            if (reply.ok()) {
                alarms.delete(letter);
            }
            delivered.add(new Delivered(
                    notification.path("Subject").asText(),
                    json(notification.path("Message").asText())
                            .path("NewStateValue")
                            .asText(),
                    reply instanceof Reply.Answer answer ? answer.status() : 0));
        }
        return delivered;
    }

    /** The healer's notices that came since the last look. */
    public List<Notice> notices() {
        List<Notice> told = new ArrayList<>();
        for (Letterbox.Letter letter : notices.look()) {
            JsonNode notification = json(letter.body());
            notices.delete(letter);
            told.add(new Notice(
                    notification.path("Subject").asText(),
                    notification
                            .path("MessageAttributes")
                            .path("state")
                            .path("Value")
                            .asText()));
        }
        return told;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CloudFailed("SNS put something into the queue that is no JSON: " + text);
        }
    }

    /** Leaves nothing behind but the healer's table. */
    @Override
    public void close() {
        alarm.close();
        alarms.close();
        notices.close();
    }
}
