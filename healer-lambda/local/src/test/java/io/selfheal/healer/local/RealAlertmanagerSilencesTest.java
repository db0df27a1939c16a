package io.selfheal.healer.local;

import static org.junit.jupiter.api.Assumptions.abort;

import io.selfheal.healer.control.Silence;
import io.selfheal.healer.control.Silences;
import io.selfheal.healer.testkit.FreePort;
import io.selfheal.healer.testkit.SilencesContract;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract against a real Alertmanager, where one is installed. */
class RealAlertmanagerSilencesTest extends SilencesContract {
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private Process alertmanager;
    private URI address;
    private AlertmanagerSilences silences;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException, InterruptedException {
        Optional<Path> program = Stream.of("alertmanager", "prometheus-alertmanager")
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            abort("no Alertmanager on the PATH (Debian: apt-get install prometheus-alertmanager)");
        }
        int port = FreePort.find();
        Path configuration = directory.resolve("alertmanager.yml");
        Files.writeString(configuration, "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        alertmanager = new ProcessBuilder(
                        program.orElseThrow().toString(),
                        "--config.file=" + configuration,
                        "--storage.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        address = URI.create("http://127.0.0.1:" + port);
        silences = new AlertmanagerSilences(address, Duration.ofSeconds(5), Duration.ofSeconds(30), Clock.systemUTC());
        awaitReady(directory);
    }

    private void awaitReady(Path directory) throws InterruptedException, IOException {
        Instant end = Instant.now().plus(STARTS_WITHIN);
        while (Instant.now().isBefore(end)) {
            try {
                silences.refresh();
                return;
            } catch (IllegalStateException notYet) {
                if (alertmanager.waitFor(Duration.ofMillis(50))) {
                    throw new AssertionError(Files.readString(directory.resolve("log")), notYet);
                }
            }
        }
        throw new AssertionError("Alertmanager did not answer within " + STARTS_WITHIN);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (alertmanager != null) {
            alertmanager.destroy();
            alertmanager.waitFor();
        }
        http.close();
    }

    @Override
    protected Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    protected Silences silences() {
        silences.refresh();
        return silences;
    }

    @Override
    protected void silence(Silence silence) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/v2/silences"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        SilenceDocument.of(silence).toString()))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
