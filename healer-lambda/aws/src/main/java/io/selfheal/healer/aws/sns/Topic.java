package io.selfheal.healer.aws.sns;

import io.selfheal.healer.aws.advice.Advice;
import io.selfheal.healer.aws.http.AwsHttp;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsClientBuilder;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** The SNS topic, one attempt at a time. */
final class Topic implements AutoCloseable {
    private static final int LONGEST = 300;

    private final String arn;
    private final SdkHttpClient http;
    private final SnsClient client;

    Topic(SnsSettings settings) {
        arn = settings.topic();
        http = AwsHttp.within(settings.timeout());
        SnsClientBuilder builder = SnsClient.builder()
                .httpClient(http)
                .region(Region.of(settings.region()))
                .overrideConfiguration(config ->
                        config.retryStrategy(retry -> retry.maxAttempts(1)).apiCallTimeout(settings.timeout()));
        settings.endpoint().ifPresent(builder::endpointOverride);
        client = builder.build();
    }

    sealed interface Answer {
        record Taken() implements Answer {}

        /** It will not have it, now or later. */
        record Refused(String why) implements Answer {}

        record Away(String why) implements Answer {}
    }

    Answer publish(Message message) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        message.attributes()
                .forEach((name, value) -> attributes.put(
                        name,
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(value)
                                .build()));
        try {
            client.publish(request -> request.topicArn(arn)
                    .subject(message.subject())
                    .messageStructure("json")
                    .message(message.body())
                    .messageAttributes(attributes));
            return new Answer.Taken();
        } catch (AwsServiceException answer) {
            boolean lastWord =
                    answer.statusCode() >= 400 && answer.statusCode() < 500 && !answer.isThrottlingException();
            return lastWord ? new Answer.Refused(said(answer)) : new Answer.Away(said(answer));
        } catch (SdkException away) {
            return new Answer.Away("SNS cannot be asked: " + brief(String.valueOf(away.getMessage())));
        }
    }

    @Override
    public void close() {
        client.close();
        http.close();
    }

    private String said(AwsServiceException answer) {
        String code =
                answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
        String words =
                answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorMessage();
        String advice =
                switch (String.valueOf(code)) {
                    case "AuthorizationError", "AuthorizationErrorException", "AccessDenied", "AccessDeniedException" ->
                        "; the healer's role needs {\"Effect\": \"Allow\", \"Action\": \"sns:Publish\", \"Resource\": \""
                                + arn + "\"}";
                    case "NotFound", "NotFoundException" -> "; there is no topic " + arn;
                    default ->
                        Advice.on(String.valueOf(code), String.valueOf(words))
                                .map(todo -> "; " + todo)
                                .orElse("");
                };
        return "SNS: HTTP " + answer.statusCode() + " " + code + ": " + brief(String.valueOf(words)) + advice;
    }

    private static String brief(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
