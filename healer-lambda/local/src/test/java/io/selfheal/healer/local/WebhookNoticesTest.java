package io.selfheal.healer.local;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.selfheal.healer.local.Incidents.ORDER;
import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.testkit.NoticesContract;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookNoticesTest extends NoticesContract {
    private static final Incident INCIDENT = Incidents.open("i1", ORDER);

    private final WireMockServer receiver = new WireMockServer(options().dynamicPort());
    private WebhookNotices notices;

    @BeforeEach
    void start() {
        receiver.start();
        receiver.stubFor(post(anyUrl()).willReturn(ok()));
        notices = new WebhookNotices(
                Optional.of(URI.create(receiver.baseUrl() + "/hook")), Duration.ofMillis(5), Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        notices.close();
        receiver.stop();
    }

    @Override
    protected HistoryListener notices() {
        return notices;
    }

    @Override
    protected List<String> received() {
        return receiver.getAllServeEvents().reversed().stream()
                .map(event -> event.getRequest().getBodyAsString())
                .toList();
    }

    @Override
    protected void receiverHangs() {
        receiver.stubFor(post(anyUrl()).willReturn(ok().withFixedDelay(600_000)));
    }

    @Test
    void whenFlushed_thenWhatWasToldIsSent_andWhereItHangsTheWaitIsBounded() {
        notices.onHistory(INCIDENT, List.of(entry(Event.ESCALATE, Reason.LADDER_EXHAUSTED)));
        assertThat(notices.flush(Duration.ofMinutes(1))).isTrue();
        awaitRequests(1);

        receiverHangs();
        notices.onHistory(INCIDENT, List.of(entry(Event.ESCALATE, Reason.LADDER_EXHAUSTED)));
        assertThat(notices.flush(Duration.ofMillis(50))).isFalse();
    }

    @Test
    void whenEscalated_thenTheReceiverIsToldOnce_andOfNothingElse() {
        notices.onHistory(
                INCIDENT,
                List.of(
                        entry(Event.ACTED, Reason.ACTION_ACCEPTED),
                        entry(Event.ESCALATE, Reason.LADDER_EXHAUSTED),
                        entry(Event.SIGNAL, Reason.ALERT_FIRING)));

        awaitRequests(1);
        receiver.verify(
                1,
                postRequestedFor(anyUrl())
                        .withRequestBody(matchingJsonPath("$[?(@.reason == 'LADDER_EXHAUSTED')]"))
                        .withRequestBody(matchingJsonPath("$[?(@.service == 'order')]"))
                        .withRequestBody(matchingJsonPath("$[?(@.incident == 'i1')]")));
    }

    @Test
    void whenTheReceiverFailsForAWhile_thenTheNoticeIsSentAgain() {
        fail(Scenario.STARTED, "second", 503);
        receiver.stubFor(post(anyUrl())
                .inScenario("flaky")
                .whenScenarioStateIs("second")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
                .willSetStateTo("third"));
        fail("third", "well", 429);

        notices.onHistory(INCIDENT, List.of(entry(Event.ESCALATE, Reason.THREE_STRIKES)));

        awaitRequests(4);
    }

    @Test
    void whenTheReceiverRefuses_orStaysAway_thenTheNextNoticeIsStillSent() {
        fail(Scenario.STARTED, "well", 400);

        notices.onHistory(INCIDENT, List.of(entry(Event.ESCALATE, Reason.THREE_STRIKES)));
        notices.onHistory(INCIDENT, List.of(entry(Event.ESCALATE, Reason.NO_POLICY)));

        awaitRequests(2);
        receiver.verify(
                1, postRequestedFor(anyUrl()).withRequestBody(matchingJsonPath("$[?(@.reason == 'NO_POLICY')]")));
    }

    @Test
    void whenTheReceiverHangs_thenHealingGoesOn_andNoticesBeyondTheQueueAreDropped() {
        receiver.stubFor(post(anyUrl()).willReturn(ok().withFixedDelay(60_000)));

        assertThat(Durations.of(() -> {
                    for (int i = 0; i < 500; i++) {
                        notices.onHistory(INCIDENT, List.of(entry(Event.ESCALATE, Reason.NO_POLICY)));
                    }
                }))
                .isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void whenNoReceiverIsSet_thenTheLogAloneIsTold() {
        try (WebhookNotices logOnly = new WebhookNotices(Optional.empty())) {
            logOnly.onHistory(INCIDENT, List.of(entry(Event.ESCALATE, Reason.NO_POLICY)));
        }
        receiver.verify(0, postRequestedFor(anyUrl()));
    }

    private void fail(String when, String then, int status) {
        receiver.stubFor(post(anyUrl())
                .inScenario("flaky")
                .whenScenarioStateIs(when)
                .willReturn(aResponse().withStatus(status))
                .willSetStateTo(then));
    }

    private void awaitRequests(int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (receiver.getAllServeEvents().size() < count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        receiver.verify(count, postRequestedFor(anyUrl()));
    }

    private static HistoryEntry entry(Event event, Reason reason) {
        return new HistoryEntry(
                INCIDENT.id(), ORDER, T0, event, reason, "nothing helped", Optional.empty(), "demo@0123abcd");
    }
}
