package io.selfheal.awsendpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A topic, and a queue that is subscribed to it. */
final class Mailbox implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SnsClient sns = AwsEndpoint.get().sns();
    private final SqsClient sqs = AwsEndpoint.get().sqs();
    private final String topic;
    private final String queue;

    private Mailbox(Map<String, String> subscription) {
        String name = "selfheal-" + UUID.randomUUID();
        topic = sns.createTopic(request -> request.name(name)).topicArn();
        queue = sqs.createQueue(request -> request.queueName(name)).queueUrl();
        String arn = String.valueOf(
                sqs.getQueueAttributes(request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN));
        sns.subscribe(
                request -> request.topicArn(topic).protocol("sqs").endpoint(arn).attributes(subscription));
    }

    static Mailbox open() {
        return new Mailbox(Map.of());
    }

    /** Gets only what the policy lets through, by attributes of the messages. */
    static Mailbox filtered(String policy) {
        return new Mailbox(Map.of("FilterPolicy", policy));
    }

    String topic() {
        return topic;
    }

    /** The URL of the queue. */
    String queue() {
        return queue;
    }

    /** What came since; it is not given again. */
    List<Message> take() {
        List<Message> messages = sqs.receiveMessage(request ->
                        request.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(1))
                .messages();
        messages.forEach(this::delete);
        return messages;
    }

    private void delete(Message message) {
        sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
    }

    /** The notification that a topic put into the queue. */
    static JsonNode notification(Message message) {
        try {
            return JSON.readTree(message.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no notification: " + message.body(), e);
        }
    }

    @Override
    public void close() {
        sqs.close();
        sns.close();
    }
}
