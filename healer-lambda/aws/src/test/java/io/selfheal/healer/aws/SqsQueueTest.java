package io.selfheal.healer.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqsQueueTest {
    private static final String URL = "https://sqs.eu-west-1.amazonaws.com/000000000000/wake-ups";

    private final WireMockServer sqs = new WireMockServer(options().dynamicPort());

    @BeforeEach
    void start() {
        sqs.start();
        answers(200, "{\"MessageId\":\"1\",\"MD5OfMessageBody\":\"0\"}");
    }

    @AfterEach
    void stop() {
        sqs.stop();
    }

    private void answers(int status, String body) {
        sqs.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private SqsQueue queue() {
        return SqsQueue.at(URL, Optional.of(URI.create(sqs.baseUrl())));
    }

    private LoggedRequest sent() {
        return sqs.getAllServeEvents().getFirst().getRequest();
    }

    @Test
    void whenSent_thenItIsAsSqsWantsIt_signedForTheQueuesRegion() throws IOException {
        try (SqsQueue queue = queue()) {
            queue.send("wake up", Map.of("reason", "it is time"), Duration.ofSeconds(30));
        }

        assertThat(sent().getHeader("X-Amz-Target")).isEqualTo("AmazonSQS.SendMessage");
        assertThat(sent().getHeader("Content-Type")).isEqualTo("application/x-amz-json-1.0");
        assertThat(sent().getHeader("Authorization")).contains("/eu-west-1/sqs/aws4_request");
        JsonNode request = json(sent().getBodyAsString());
        assertThat(request.path("QueueUrl").asText()).isEqualTo(URL);
        assertThat(request.path("MessageBody").asText()).isEqualTo("wake up");
        assertThat(request.path("DelaySeconds").asInt()).isEqualTo(30);
        assertThat(request.at("/MessageAttributes/reason/StringValue").asText()).isEqualTo("it is time");
    }

    @Test
    void whenSentWithoutDelayAndAttributes_thenTheQueuesOwnDelayHolds() throws IOException {
        try (SqsQueue queue = queue()) {
            queue.send("now", Map.of(), Duration.ZERO);
        }

        assertThat(json(sent().getBodyAsString()).has("DelaySeconds")).isFalse();
        assertThat(json(sent().getBodyAsString()).has("MessageAttributes")).isFalse();
    }

    @Test
    void whenRefused_thenItSaysWhatSqsSaid() {
        answers(
                400,
                "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"The specified queue does not exist.\"}");
        try (SqsQueue queue = queue()) {
            assertThatThrownBy(() -> queue.send("x", Map.of(), Duration.ZERO))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("HTTP 400")
                    .hasMessageContaining("QueueDoesNotExist")
                    .hasMessageContaining(URL);
        }
    }

    @Test
    void whenItsAddressIsAnEmulators_thenTheEnvironmentsRegionIsSignedFor() throws IOException {
        System.setProperty("aws.region", "ap-south-1");
        try (SqsQueue queue =
                SqsQueue.at("http://localhost:4566/000000000000/wake-ups", Optional.of(URI.create(sqs.baseUrl())))) {
            queue.send("x", Map.of(), Duration.ZERO);
        } finally {
            System.clearProperty("aws.region");
        }

        assertThat(sent().getHeader("Authorization")).contains("/ap-south-1/sqs/");
    }

    private static JsonNode json(String text) {
        try {
            return JsonTrees.read(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
