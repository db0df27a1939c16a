package io.selfheal.healer.server.wiring;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.intake.Parsed;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Alertmanager holds at this moment and would send to the healer. Its API writes alerts a little differently than its
 * webhook does; they are put into the webhook's form and read by the same intake, so both ways mean the same.
 */
final class ActiveAlerts implements AutoCloseable {

    /** Only alerts that a webhook would carry: firing, routed, neither silenced nor inhibited, and meant for the healer. */
    private static final String QUERY =
            "/api/v2/alerts?active=true&silenced=false&inhibited=false&unprocessed=false&filter=heal%3D%22auto%22";

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final URI address;
    private final Intake intake;
    private final JsonMapper json;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    ActiveAlerts(URI alertmanager, Intake intake, JsonMapper json) {
        this.address = URI.create(alertmanager.toString().replaceAll("/+$", "") + QUERY);
        this.intake = intake;
        this.json = json;
    }

    List<Alert> read() {
        try {
            byte[] body = get();
            List<Active> active = json.readValue(body, Argument.listOf(Active.class));
            return alerts(active == null ? List.of() : active);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the alerts of " + address.getAuthority() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + address.getAuthority(), e);
        }
    }

    private byte[] get() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(address).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("HTTP " + response.statusCode());
        }
        return response.body();
    }

    private List<Alert> alerts(List<Active> active) throws IOException {
        if (active.isEmpty()) {
            return List.of();
        }
        List<Webhook.Entry> entries = active.stream()
                .map(it -> new Webhook.Entry("firing", it.labels(), it.annotations(), it.startsAt(), it.fingerprint()))
                .toList();
        byte[] body = json.writeValueAsBytes(new Webhook("4", "reconcile", "healer", "firing", entries));
        return switch (intake.parse(body)) {
            case Parsed.Accepted accepted ->
                accepted.signals().stream().flatMap(ActiveAlerts::firing).toList();
            case Parsed.Refused(String why) -> throw new IOException("its answer is not understood: " + why);
        };
    }

    private static Stream<Alert> firing(Signal signal) {
        return signal instanceof Signal.Firing(Alert alert) ? Stream.of(alert) : Stream.empty();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** An alert as Alertmanager's API has it; more fields are tolerated. */
    @Serdeable
    record Active(Map<String, String> labels, Map<String, String> annotations, String startsAt, String fingerprint) {}

    /** The form of Alertmanager's webhook, version 4. */
    @Serdeable
    record Webhook(String version, String groupKey, String receiver, String status, List<Entry> alerts) {

        @Serdeable
        record Entry(
                String status,
                Map<String, String> labels,
                Map<String, String> annotations,
                String startsAt,
                String fingerprint) {}
    }
}
