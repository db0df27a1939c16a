package io.selfheal.awsendpoint;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.claiming;
import static io.selfheal.healer.testkit.Fixtures.incident;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.aws.sns.SnsNotices;
import io.selfheal.healer.aws.sns.SnsSettings;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.server.stage.Await;
import io.selfheal.healer.testkit.Fixtures;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@AtAwsEndpoint
class SnsNoticesAtEndpointTest {

    /** What arrives of an incident that is opened and acted on. */
    private static List<JsonNode> told(Mailbox mailbox, int count) {
        try (SnsNotices notices = new SnsNotices(
                SnsSettings.ofTopic(mailbox.topic()).at(AwsEndpoint.get().uri()), Clock.systemUTC())) {
            Incident open = incident("i1", service("order"), T0).withVersion(1);
            notices.onHistory(open, List.of(Fixtures.entry(open, Event.SIGNAL, Reason.ALERT_FIRING, T0)));
            Incident acting = claiming(open, task(1), T0, 0).incident().withVersion(2);
            notices.onHistory(acting, List.of(Fixtures.entry(acting, Event.ACT, Reason.SICK_TASK, T0)));
            return received(mailbox, count);
        }
    }

    private static List<JsonNode> received(Mailbox mailbox, int count) {
        List<JsonNode> received = new ArrayList<>();
        Await.until(
                () -> count + " notices, got " + received,
                () -> received.addAll(mailbox.take().stream()
                                .map(Mailbox::notification)
                                .toList())
                        && received.size() >= count);
        return received;
    }

    @Test
    void whenAnIncidentMoves_thenEachStateArrivesOnce_asTextAndWithAttributes() {
        try (Mailbox mailbox = Mailbox.open()) {
            List<JsonNode> notices = told(mailbox, 2);

            assertThat(notices)
                    .extracting(notice -> notice.path("Subject").asText())
                    .containsExactlyInAnyOrder("selfheal/order OPEN: ALERT_FIRING", "selfheal/order ACTING: SICK_TASK");
            assertThat(notices)
                    .extracting(notice -> notice.path("MessageAttributes")
                            .path("dedup")
                            .path("Value")
                            .asText())
                    .containsExactlyInAnyOrder("i1:1:OPEN", "i1:2:ACTING");
            assertThat(notices)
                    .allSatisfy(notice ->
                            assertThat(notice.path("Message").asText()).startsWith("{"));
        }
    }

    @Test
    void givenAFilter_whenAnIncidentMoves_thenOnlyWhatWasAskedForArrives() {
        try (Mailbox mailbox = Mailbox.filtered("{\"state\": [\"ACTING\"]}")) {
            assertThat(told(mailbox, 1))
                    .extracting(notice -> notice.path("Subject").asText())
                    .containsExactly("selfheal/order ACTING: SICK_TASK");
        }
    }
}
