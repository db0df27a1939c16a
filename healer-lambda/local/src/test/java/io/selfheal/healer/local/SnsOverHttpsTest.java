package io.selfheal.healer.local;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.selfheal.healer.testkit.MutableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnsOverHttpsTest {
    private static final URI FILE = URI.create("https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem");

    private final WireMockServer server = new WireMockServer(options().dynamicPort());
    private final MutableClock clock = new MutableClock();
    private SnsOverHttps sns;

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(any(anyUrl()).willReturn(ok("certificate")));
        sns = new SnsOverHttps(
                Duration.ofSeconds(30), clock, address -> URI.create(server.baseUrl() + address.getRawPath()));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private static URI file(int number) {
        return URI.create(FILE.toString().replace("-0.pem", "-" + number + ".pem"));
    }

    @Test
    void whenFetchedAgain_thenItIsRemembered() throws IOException {
        assertThat(sns.fetch(FILE)).isEqualTo("certificate".getBytes(UTF_8));
        sns.fetch(FILE)[0] = 'X';

        assertThat(sns.fetch(FILE)).isEqualTo("certificate".getBytes(UTF_8));
        server.verify(1, getRequestedFor(urlEqualTo("/SimpleNotificationService-0.pem")));
    }

    @Test
    void whenItIsRedirectedOrNotThereOrTooLong_thenItFails_andIsNotRemembered() throws IOException {
        server.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(302).withHeader("Location", server.baseUrl() + "/other")));
        assertThatThrownBy(() -> sns.fetch(FILE))
                .isInstanceOf(IOException.class)
                .hasMessage("SNS answered HTTP 302");
        assertThatThrownBy(() -> sns.confirm(FILE))
                .isInstanceOf(IOException.class)
                .hasMessage("SNS answered HTTP 302");
        server.verify(0, getRequestedFor(urlEqualTo("/other")));

        server.stubFor(any(anyUrl()).willReturn(ok("x".repeat(70_000))));
        assertThatThrownBy(() -> sns.fetch(FILE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("65536 bytes");

        server.stubFor(any(anyUrl()).willReturn(ok("certificate")));
        assertThat(sns.fetch(FILE)).isNotEmpty();
    }

    @Test
    void whenManyAreInvented_thenOnlyAFewAreAskedForInAMinute() throws IOException {
        for (int i = 0; i < 10; i++) {
            sns.fetch(file(i));
        }

        assertThatThrownBy(() -> sns.fetch(file(10)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("minute");
        assertThat(sns.fetch(file(9))).isNotEmpty();
        clock.advance(Duration.ofSeconds(61));
        assertThat(sns.fetch(file(10))).isNotEmpty();
    }

    @Test
    void thePlatformTrustsSomebody_andAFileWithoutCertificatesIsSaidToBeNone(@TempDir Path folder) throws IOException {
        Path none = Files.writeString(folder.resolve("none.pem"), "hello");

        assertThat(TrustedAuthorities.ofPlatform()).isNotEmpty();
        assertThatThrownBy(() -> TrustedAuthorities.ofFile(none))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no certificates in PEM form");
    }
}
