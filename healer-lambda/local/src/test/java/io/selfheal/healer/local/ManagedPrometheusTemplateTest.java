package io.selfheal.healer.local;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okXml;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.intake.Parsed;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.testkit.FreePort;
import io.selfheal.healer.testkit.MutableClock;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template for Amazon Managed Prometheus, in a real Alertmanager, where one is installed: labels may hold anything. */
class ManagedPrometheusTemplateTest {
    private static final Path TEMPLATES =
            Path.of("../../observability/amp").toAbsolutePath().normalize();
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final Map<String, String> LABELS = new TreeMap<>(Map.of(
            "alertname", "Quotes \" and \\ and \\\" and \\n",
            "service_name", "order",
            "lines", "one\ntwo\r\nthree\tfour",
            "unicode", "äöü 日本語 😀 \u2028 \ufeff",
            "markup", "</script><!-- {{ .Receiver }} $1 ${x} `' &amp; %s %25",
            "json", "\"},{\"status\":\"firing\",\"labels\":{\"service_name\":\"user\"}}]}"));

    private final WireMockServer sns = new WireMockServer(options().dynamicPort());
    private final CompletableFuture<String> published = new CompletableFuture<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Process alertmanager;
    private URI address;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException, InterruptedException {
        Path program = Stream.of("alertmanager", "prometheus-alertmanager")
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .or(() -> abort("no Alertmanager on the PATH (Debian: apt-get install prometheus-alertmanager)"))
                .orElseThrow();
        sns.start();
        sns.stubFor(any(anyUrl())
                .willReturn(okXml("<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult>"
                        + "</PublishResponse>")));
        sns.addMockServiceRequestListener((request, _) -> published.complete(request.getBodyAsString()));
        Path configuration = directory.resolve("alertmanager.yml");
        Files.writeString(configuration, """
                templates: ['%s/*.tmpl']
                route: {receiver: healer, group_wait: 0s}
                receivers:
                  - name: healer
                    sns_configs:
                      - api_url: %s
                        topic_arn: arn:aws:sns:eu-west-1:000000000000:alarms
                        sigv4: {region: eu-west-1, access_key: test, secret_key: test}
                """.formatted(TEMPLATES, sns.baseUrl()));
        int port = FreePort.find();
        address = URI.create("http://127.0.0.1:" + port);
        alertmanager = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + configuration,
                        "--storage.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        awaitReady(directory);
    }

    private void awaitReady(Path directory) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(WITHIN);
        while (Instant.now().isBefore(end)) {
            try {
                if (send(HttpRequest.newBuilder(address.resolve("/-/ready"))).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                if (alertmanager.waitFor(Duration.ofMillis(50))) {
                    throw new AssertionError(Files.readString(directory.resolve("log")), notYet);
                }
            }
        }
        throw new AssertionError("Alertmanager did not answer within " + WITHIN);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (alertmanager != null) {
            alertmanager.destroy();
            alertmanager.waitFor();
        }
        sns.stop();
        http.close();
    }

    @Test
    void whateverTheLabelsHold_thenTheMessageIsReadAsItIs() throws Exception {
        ObjectNode alert = JsonTrees.object().put("startsAt", "2026-01-01T01:00:00.123+01:00");
        LABELS.forEach(alert.withObject("labels")::put);
        HttpResponse<String> taken = send(HttpRequest.newBuilder(address.resolve("/api/v2/alerts"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("[" + JsonTrees.write(alert) + "]")));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);

        String message = message(published.get(WITHIN.toSeconds(), TimeUnit.SECONDS));

        Parsed parsed = new Intake("selfheal", new MutableClock()).message(message, Map.of());
        assertThat(parsed).as(message).isInstanceOfSatisfying(Parsed.Accepted.class, accepted -> {
            assertThat(accepted.why()).isEmpty();
            assertThat(accepted.signals()).singleElement().isInstanceOfSatisfying(Signal.Firing.class, firing -> {
                Alert read = firing.alert();
                assertThat(read.source()).isEqualTo(SignalSource.MANAGED_PROMETHEUS);
                assertThat(read.service()).isEqualTo(new ServiceId("selfheal", "order"));
                assertThat(read.startsAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123Z"));
                assertThat(read.labels()).isEqualTo(LABELS);
            });
        });
    }

    /** Out of the form that is posted to SNS. */
    private static String message(String form) {
        Optional<String> message = Arrays.stream(form.split("&"))
                .filter(field -> field.startsWith("Message="))
                .map(field -> URLDecoder.decode(field.substring("Message=".length()), StandardCharsets.UTF_8))
                .findFirst();
        return message.orElseThrow(() -> new AssertionError("no message in " + form));
    }
}
