package io.selfheal.healer.local;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.requestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutgoingTest {
    private static final byte[] NO_BODY = new byte[0];

    private final WireMockServer server = new WireMockServer(options().dynamicPort());
    private Outgoing outgoing;

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"ä\":1}")));
        outgoing = within(Duration.ofSeconds(30));
    }

    private Outgoing within(Duration timeout) {
        return new Outgoing(URI.create(server.baseUrl() + "/there"), timeout);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void whenSent_thenMethodHeadersAndBodyArrive_andTheAnswerIsRead() throws IOException {
        Outgoing.Answer answer = outgoing.send("PUT", Map.of("X-One", "1"), "böse".getBytes(UTF_8), 100);

        assertThat(answer).isEqualTo(new Outgoing.Answer(200, "{\"ä\":1}"));
        server.verify(
                1,
                requestedFor("PUT", urlEqualTo("/there"))
                        .withHeader("X-One", equalTo("1"))
                        .withHeader("Accept", equalTo("application/json"))
                        .withRequestBody(equalTo("böse")));
    }

    @Test
    void whenThereIsNoBody_thenNoneIsSent() throws IOException {
        outgoing.send("DELETE", Map.of(), NO_BODY, 100);

        server.verify(1, requestedFor("DELETE", urlEqualTo("/there")).withRequestBody(absent()));
    }

    @Test
    void whenItSaysNo_thenThatIsAnAnswerWithItsWords() throws IOException {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(409).withBody("no")));

        assertThat(outgoing.send("PUT", Map.of(), new byte[] {1}, 100)).isEqualTo(new Outgoing.Answer(409, "no"));
    }

    @Test
    void whenTheAnswerIsTooLong_thenItFails() {
        assertThatThrownBy(() -> outgoing.send("PUT", Map.of(), new byte[] {1}, 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("an answer of more than 3 bytes");
    }

    @Test
    void whenTheConnectionBreaks_thenItIsNotSentASecondTime() throws IOException {
        outgoing.send("PUT", Map.of(), new byte[] {1}, 100);
        server.resetRequests();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThatThrownBy(() -> outgoing.send("PUT", Map.of(), new byte[] {1}, 100))
                .isInstanceOf(IOException.class);

        server.verify(1, requestedFor("PUT", urlEqualTo("/there")));
    }

    @Test
    void whenTheAnswerDripsForEver_thenItEndsAtTheBound() {
        server.stubFor(any(anyUrl())
                .willReturn(aResponse().withBody("x".repeat(1000)).withChunkedDribbleDelay(1000, 120_000)));

        assertThatThrownBy(() -> within(Duration.ofMillis(300)).send("DELETE", Map.of(), NO_BODY, 10_000))
                .isInstanceOf(IOException.class);
    }
}
