package io.selfheal.healer.aws.sns;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What an operator reads when SNS does not take a notice, and whether it is worth another attempt. */
class TopicTest {
    private static final String ARN = "arn:aws:sns:eu-central-1:123456789012:healer";
    private static final Message MESSAGE = new Message("subject", "{\"default\":\"text\"}", Map.of());

    private final WireMockServer sns = new WireMockServer(options().dynamicPort());

    private Topic topic(Duration bound) {
        if (!sns.isRunning()) {
            sns.start();
        }
        return new Topic(SnsSettings.ofTopic(ARN).at(URI.create(sns.baseUrl())).patient(bound, Duration.ofMillis(5)));
    }

    @AfterEach
    void stop() {
        sns.stop();
    }

    private record Row(int status, String code, String message, boolean lastWord, String advice) {}

    private static final List<Row> ROWS = List.of(
            new Row(
                    403,
                    "AuthorizationError",
                    "not authorized",
                    true,
                    "\"Action\": \"sns:Publish\", \"Resource\": \"" + ARN + "\""),
            new Row(404, "NotFound", "Topic does not exist", true, "there is no topic " + ARN),
            new Row(403, "ExpiredToken", "The security token is expired", true, "credentials have expired"),
            new Row(403, "InvalidClientTokenId", "The security token is invalid", true, "are not accepted"),
            new Row(
                    403,
                    "SignatureDoesNotMatch",
                    "Signature expired: 20260102T030405Z is now earlier than 20260102T040405Z",
                    true,
                    "the clock of this machine is off"),
            new Row(400, "Throttling", "Rate exceeded", false, "Rate exceeded"),
            new Row(500, "InternalFailure", "broken", false, "broken"),
            new Row(503, "ServiceUnavailable", "busy", false, "busy"));

    @TestFactory
    Stream<DynamicTest> whenSnsSaysNo_thenTheLineSaysWhatToDo_andItIsAskedOnce() {
        return ROWS.stream()
                .map(row -> DynamicTest.dynamicTest(row.code(), () -> {
                    try (Topic topic = topic(Duration.ofSeconds(60))) {
                        sns.resetAll();
                        sns.stubFor(any(anyUrl())
                                .willReturn(aResponse()
                                        .withStatus(row.status())
                                        .withBody("<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">"
                                                + "<Error><Type>Sender</Type><Code>" + row.code() + "</Code><Message>"
                                                + row.message() + "</Message></Error></ErrorResponse>")));

                        Topic.Answer answer = topic.publish(MESSAGE);

                        assertThat(answer)
                                .isInstanceOf(row.lastWord() ? Topic.Answer.Refused.class : Topic.Answer.Away.class);
                        assertThat(why(answer)).contains(row.code(), row.advice());
                        assertThat(sns.getAllServeEvents()).hasSize(1);
                    }
                }));
    }

    @Test
    void whenNoAnswerComes_orTheConnectionBreaks_thenItIsAway_andWasAskedOnce() {
        try (Topic hasty = topic(Duration.ofMillis(300))) {
            sns.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(600_000)));
            assertThat(hasty.publish(MESSAGE)).isInstanceOf(Topic.Answer.Away.class);
            assertThat(sns.findAll(com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor(anyUrl())))
                    .hasSize(1);
        }
        try (Topic topic = topic(Duration.ofSeconds(60))) {
            sns.resetAll();
            sns.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
            assertThat(topic.publish(MESSAGE)).isInstanceOf(Topic.Answer.Away.class);
        }
    }

    private static String why(Topic.Answer answer) {
        return switch (answer) {
            case Topic.Answer.Taken _ -> throw new AssertionError("taken");
            case Topic.Answer.Refused(String why) -> why;
            case Topic.Answer.Away(String why) -> why;
        };
    }
}
