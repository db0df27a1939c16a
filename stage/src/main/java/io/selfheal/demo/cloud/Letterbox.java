package io.selfheal.demo.cloud;

import io.selfheal.demo.cloud.AwsApi.Service;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Element;

/** A topic, and a queue that is subscribed to it. */
final class Letterbox implements AutoCloseable {

    private static final String MOST = "10";

    private final AwsApi aws;
    private final String topic;
    private final String queue;

    /** One message of the queue; {@code receipt} deletes it. */
    record Letter(String id, String body, String receipt) {}

    private Letterbox(AwsApi aws, String topic, String queue) {
        this.aws = aws;
        this.topic = topic;
        this.queue = queue;
    }

    static Letterbox create(AwsApi aws, String name) {
        String topic = AwsApi.text(aws.call(Service.SNS, "CreateTopic", Map.of("Name", name)), "TopicArn");
        String queue = AwsApi.text(aws.call(Service.SQS, "CreateQueue", Map.of("QueueName", name)), "QueueUrl");
        Element attributes =
                aws.call(Service.SQS, "GetQueueAttributes", Map.of("QueueUrl", queue, "AttributeName.1", "QueueArn"));
        aws.call(
                Service.SNS,
                "Subscribe",
                Map.of("TopicArn", topic, "Protocol", "sqs", "Endpoint", AwsApi.text(attributes, "Value")));
        return new Letterbox(aws, topic, queue);
    }

    String topic() {
        return topic;
    }

    /** What lies there now. It comes back after a while unless it is deleted. */
    List<Letter> look() {
        Element answer = aws.call(
                Service.SQS,
                "ReceiveMessage",
                new TreeMap<>(Map.of("QueueUrl", queue, "MaxNumberOfMessages", MOST, "VisibilityTimeout", "5")));
        return AwsApi.elements(answer, "Message").stream()
                .map(message -> new Letter(
                        AwsApi.text(message, "MessageId"),
                        AwsApi.text(message, "Body"),
                        AwsApi.text(message, "ReceiptHandle")))
                .toList();
    }

    void delete(Letter letter) {
        aws.call(Service.SQS, "DeleteMessage", Map.of("QueueUrl", queue, "ReceiptHandle", letter.receipt()));
    }

    @Override
    public void close() {
        aws.call(Service.SNS, "DeleteTopic", Map.of("TopicArn", topic));
        aws.call(Service.SQS, "DeleteQueue", Map.of("QueueUrl", queue));
    }
}
