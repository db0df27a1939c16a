package io.selfheal.healer.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.aws.http.AwsHttp;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** A standard SQS queue to send to; speaks AWS JSON 1.0. Sends nothing and asks for no credentials before {@link #send}. */
public final class SqsQueue implements AutoCloseable {
    /** What SQS itself allows (API reference, SendMessage). */
    public static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final int LONGEST_ERROR = 300;
    private static final Pattern HOST = Pattern.compile("sqs\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");

    private final String url;
    private final DefaultCredentialsProvider credentials =
            DefaultCredentialsProvider.builder().build();
    private final SdkHttpClient http = AwsHttp.within(TIMEOUT);
    private final SignedCalls aws;

    private SqsQueue(String url, Optional<URI> endpoint) {
        this.url = url;
        this.aws = new SignedCalls(
                http,
                credentials,
                region(url),
                SignedCalls.endpoint(endpoint, "AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL"));
    }

    /**
     * The queue of that URL. Its endpoint is that of {@code AWS_ENDPOINT_URL_SQS} or {@code AWS_ENDPOINT_URL}, or else that of
     * the region in the URL, or of {@code AWS_REGION}.
     */
    public static SqsQueue at(String url) {
        return at(url, Optional.empty());
    }

    static SqsQueue at(String url, Optional<URI> endpoint) {
        return new SqsQueue(url, endpoint);
    }

    private static Region region(String url) {
        Matcher host = HOST.matcher(String.valueOf(URI.create(url).getHost()));
        return host.matches()
                ? Region.of(host.group(1))
                : DefaultAwsRegionProviderChain.builder().build().getRegion();
    }

    /**
     * Sends one message, once. Whether it arrived is not known after a failure.
     *
     * @param attributes texts by name, which must not be empty; ten at most
     * @param delay whole seconds, at most {@link #LONGEST_DELAY}
     * @throws IOException saying what SQS said, when it did not take it
     */
    public void send(String body, Map<String, String> attributes, Duration delay) throws IOException {
        ObjectNode request = JsonTrees.object().put("QueueUrl", url).put("MessageBody", body);
        if (delay.isPositive()) {
            request.put("DelaySeconds", delay.toSeconds());
        }
        ObjectNode named = JsonTrees.object();
        attributes.forEach(
                (name, value) -> named.putObject(name).put("DataType", "String").put("StringValue", value));
        if (!named.isEmpty()) {
            request.set("MessageAttributes", named);
        }
        SignedCalls.Answer answer = post(JsonTrees.write(request));
        if (!answer.successful()) {
            throw new IOException("SendMessage to " + url + ": HTTP " + answer.status() + said(answer.body()));
        }
    }

    private SignedCalls.Answer post(String request) throws IOException {
        try {
            return aws.post(
                    "sqs",
                    Map.of("Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "AmazonSQS.SendMessage"),
                    request,
                    LONGEST_ANSWER);
        } catch (SdkException e) {
            throw new IOException("SendMessage to " + url + ": " + e.getMessage(), e);
        }
    }

    private static String said(String body) {
        try {
            JsonNode error = JsonTrees.read(body);
            String text = error.path("__type").asText("") + " "
                    + error.path("message").asText(error.path("Message").asText(""));
            return ", "
                    + text.substring(0, Math.min(text.length(), LONGEST_ERROR)).strip();
        } catch (JsonProcessingException notJson) {
            return "";
        }
    }

    @Override
    public void close() {
        credentials.close();
        http.close();
    }
}
