package io.selfheal.healer.local;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.selfheal.healer.local.Incidents.ORDER;
import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.TrackedAlert;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.SignalSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertmanagerPollTest {
    private static final String TASK = "arn:aws:ecs:us-east-1:000000000000:task/selfheal/0123";
    // as Alertmanager 0.28 answers, shortened
    private static final String ONE_ALERT = """
            {"annotations":{"summary":"x"},"endsAt":"2026-01-02T03:08:05.678Z","fingerprint":"c6eadffa33fcdf37",
             "receivers":[{"name":"healer"}],"startsAt":"2026-01-02T04:04:05.678+01:00",
             "status":{"inhibitedBy":[%s],"mutedBy":[],"silencedBy":[],"state":"%s"},
             "updatedAt":"2026-01-02T03:04:08.678Z","generatorURL":"http://p/graph",
             "labels":{"alertname":"TaskStuck","heal":"auto","service_name":"order"%s}}""";

    private final WireMockServer alertmanager = new WireMockServer(options().dynamicPort());
    private JdbcDatabase database;
    private JdbcIncidentStore store;
    private AlertmanagerPoll poll;

    @BeforeEach
    void start() {
        alertmanager.start();
        database = JdbcDatabase.open(TestDatabases.freshH2());
        store = new JdbcIncidentStore(database);
        poll = new AlertmanagerPoll(
                URI.create(alertmanager.baseUrl()), "selfheal", Duration.ofSeconds(1), store, InstantSource.fixed(T0));
    }

    @AfterEach
    void stop() {
        database.close();
        alertmanager.stop();
    }

    @Test
    void whenAlertsFire_thenTheyAreReadAsTheWebhookWouldBringThem() {
        answer("[" + ONE_ALERT.formatted("", "active", ",\"task_arn\":\"" + TASK + "\",\"cluster\":\"other\"") + ","
                + ONE_ALERT.formatted("", "active", "") + "]");

        List<Alert> alerts = known(poll.read());

        assertThat(alerts).hasSize(2);
        Alert first = alerts.getFirst();
        assertThat(first.source()).isEqualTo(SignalSource.ALERTMANAGER);
        assertThat(first.name()).isEqualTo("TaskStuck");
        assertThat(first.fingerprint()).isEqualTo("c6eadffa33fcdf37");
        assertThat(first.service().toString()).isEqualTo("other/order");
        assertThat(first.task()).contains(new TaskId(TASK));
        assertThat(first.startsAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(first.labels()).containsEntry("heal", "auto");
        assertThat(alerts.getLast().service()).isEqualTo(ORDER);
        alertmanager.verify(getRequestedFor(urlPathEqualTo("/api/v2/alerts"))
                .withQueryParam("active", equalTo("true"))
                .withQueryParam("silenced", equalTo("false"))
                .withQueryParam("filter", equalTo("heal=\"auto\"")));
    }

    @Test
    void whenAnInhibitedAlertIsInNoIncident_thenItIsLeftOut_andOtherwiseItStillFires() {
        answer("[" + ONE_ALERT.formatted("\"abc\"", "suppressed", "") + "]");
        assertThat(known(poll.read())).isEmpty();

        Alert tracked = new Alert(
                SignalSource.ALERTMANAGER,
                "TaskStuck",
                "c6eadffa33fcdf37",
                ORDER,
                Optional.empty(),
                T0,
                new TreeMap<>(Map.of("heal", "auto")));
        store.save(Incidents.change(Incidents.open("i1", ORDER)
                .edit()
                .alerts(List.of(new TrackedAlert(tracked, T0, Optional.empty())))
                .done()));

        assertThat(known(poll.read())).hasSize(1);
    }

    @Test
    void whenAnAlertIsAboutNoService_thenItIsLeftOut() {
        answer(
                "[{\"labels\":{\"alertname\":\"Watchdog\"},\"fingerprint\":\"1\",\"startsAt\":\"2026-01-02T03:04:05Z\"}]");

        assertThat(known(poll.read())).isEmpty();
    }

    @Test
    void whenAlertmanagerIsAwayOrTalksNonsense_thenUnknown() {
        answer("{\"code\":602}");
        assertUnknown("not a list");
        answer("[[]]");
        assertUnknown("not a list");
        answer("[".repeat(100_000));
        assertUnknown("Alertmanager");
        answer("nonsense");
        assertUnknown("Alertmanager");
        alertmanager.stubFor(
                get(urlPathEqualTo("/api/v2/alerts")).willReturn(aResponse().withStatus(503)));
        assertUnknown("HTTP 503");
        alertmanager.stubFor(get(urlPathEqualTo("/api/v2/alerts"))
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        assertUnknown("Alertmanager");
    }

    @Test
    void whenTheAnswerDripsForEver_thenUnknownAtTheTimeout() {
        alertmanager.stubFor(get(urlPathEqualTo("/api/v2/alerts"))
                .willReturn(okJson("[" + ONE_ALERT.formatted("", "active", "") + "]")
                        .withChunkedDribbleDelay(1000, 60_000)));

        assertUnknown("no answer within 1000 ms");
    }

    private void answer(String body) {
        alertmanager.stubFor(get(urlPathEqualTo("/api/v2/alerts")).willReturn(okJson(body)));
    }

    private void assertUnknown(String why) {
        assertThat(poll.read()).isInstanceOfSatisfying(Fact.Unknown.class, unknown -> assertThat(unknown.why())
                .contains(why));
    }

    private static List<Alert> known(Fact<List<Alert>> fact) {
        assertThat(fact).isInstanceOf(Fact.Known.class);
        return ((Fact.Known<List<Alert>>) fact).value();
    }
}
