package io.selfheal.healer.aws.sns;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.claiming;
import static io.selfheal.healer.testkit.Fixtures.incident;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.testkit.Fixtures;
import io.selfheal.healer.testkit.MutableClock;
import io.selfheal.healer.testkit.NoticesContract;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SnsNoticesTest extends NoticesContract {
    private static final String ARN = "arn:aws:sns:eu-central-1:123456789012:healer";

    private final WireMockServer sns = new WireMockServer(options().dynamicPort());
    private final MutableClock clock = new MutableClock();
    private int incidents;
    private final SnsNotices notices = start();

    private SnsNotices start() {
        sns.start();
        answers(aResponse()
                .withStatus(200)
                .withBody("<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
                        + "<MessageId>1</MessageId></PublishResult></PublishResponse>"));
        return new SnsNotices(
                SnsSettings.ofTopic(ARN)
                        .at(URI.create(sns.baseUrl()))
                        .patient(Duration.ofMinutes(2), Duration.ofMillis(5)),
                clock);
    }

    private void answers(ResponseDefinitionBuilder answer) {
        sns.stubFor(post(anyUrl()).willReturn(answer));
    }

    private void fails(int status, String code) {
        answers(aResponse()
                .withStatus(status)
                .withBody("<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender</Type>"
                        + "<Code>" + code + "</Code><Message>so it is</Message></Error></ErrorResponse>"));
    }

    @AfterEach
    void stop() {
        notices.close();
        sns.stop();
    }

    @Override
    protected HistoryListener notices() {
        return notices;
    }

    @Override
    protected List<String> received() {
        return published().stream()
                .map(form -> form.getOrDefault("Message", ""))
                .toList();
    }

    @Override
    protected void receiverHangs() {
        answers(aResponse().withStatus(200).withFixedDelay(600_000));
    }

    private List<Map<String, String>> published() {
        return sns.getAllServeEvents().reversed().stream()
                .map(event -> Arrays.stream(event.getRequest().getBodyAsString().split("&", -1))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8))))
                .toList();
    }

    private static void await(BooleanSupplier until) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!until.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(until.getAsBoolean()).isTrue();
    }

    private static HistoryEntry said(Incident incident, Event event, Reason reason) {
        return Fixtures.entry(incident, event, reason, T0);
    }

    private void opened(String name) {
        Incident open = incident("i" + ++incidents, service(name), T0).withVersion(1);
        notices.onHistory(open, List.of(said(open, Event.SIGNAL, Reason.ALERT_FIRING)));
    }

    @Nested
    class GivenAnIncident {
        @Test
        void whenItGoesFromStateToState_thenOneNoticeEach_howeverManyEntriesSaySo() {
            Incident open = incident("i1", service("order"), T0).withVersion(1);
            HistoryEntry fires = said(open, Event.SIGNAL, Reason.ALERT_FIRING);
            notices.onHistory(open, List.of(fires, fires, fires));
            notices.onHistory(open.withVersion(2), List.of(fires));
            Incident acting = claiming(open, task(1), T0, 0).incident().withVersion(3);
            notices.onHistory(acting, List.of(said(acting, Event.ACT, Reason.SICK_TASK)));

            await(() -> published().size() == 2);
            assertThat(published())
                    .extracting(form -> form.get("Subject"))
                    .containsExactly("selfheal/order OPEN: ALERT_FIRING", "selfheal/order ACTING: SICK_TASK");
        }

        @Test
        void whenPublished_thenItCanBeFiltered_readByProgramsAndByPeople() {
            opened("order");

            await(() -> published().size() == 1);
            Map<String, String> form = published().getFirst();
            assertThat(form).containsEntry("TopicArn", ARN).containsEntry("MessageStructure", "json");
            assertThat(form.values())
                    .contains("service", "order", "state", "OPEN", "reason", "ALERT_FIRING", "dedup", "i1:1:OPEN");
            assertThat(form.get("Message")).contains("\"default\":\"{", "\"email\":\"Selfheal: selfheal/order is OPEN");
        }

        @Test
        void givenAHealerThatWasStartedSince_whenNothingMoves_thenNothingIsTold_andWhenItMoves_thenItIs() {
            Incident acting = claiming(incident("i1", service("order"), T0), task(1), T0, 0)
                    .incident()
                    .withVersion(7);
            notices.onHistory(acting, List.of(said(acting, Event.SIGNAL, Reason.ALERT_FIRING)));
            Incident resolved = incident("i2", service("user"), T0).withVersion(9);
            notices.onHistory(
                    Fixtures.resolved(resolved, T0), List.of(said(resolved, Event.RESOLVE, Reason.RECOVERED)));

            await(() -> published().size() == 1);
            assertThat(published().getFirst().get("Subject")).isEqualTo("selfheal/user RESOLVED: RECOVERED");
        }

        @Test
        void whenItsServiceHasAnOddName_thenTheSubjectIsAsciiOfAHundredCharactersAtMost() {
            opened("bücher-" + "x".repeat(150));

            await(() -> published().size() == 1);
            assertThat(published().getFirst().get("Subject"))
                    .startsWith("selfheal/b?cher-xxx")
                    .hasSize(100)
                    .matches("[\\x20-\\x7E]+");
        }
    }

    @Nested
    class GivenAStormOfNotices {
        @Test
        void whenHundredsComeAtOnce_thenFourGoOutOneByOne_andTheRestInOne() {
            for (int i = 0; i < 250; i++) {
                opened("s" + i);
            }
            await(() -> notices.pending() == 0);
            assertThat(published()).hasSize(4);

            clock.advance(Duration.ofMinutes(2));
            opened("last");

            await(() -> published().size() == 6);
            assertThat(published().get(4).get("Subject"))
                    .startsWith("246 more notices: ")
                    .contains("200 OPEN");
            assertThat(published().get(5).get("Subject")).isEqualTo("selfheal/last OPEN: ALERT_FIRING");
            assertThat(notices.lost()).isZero();
        }
    }

    @Nested
    class GivenAProcessThatMayStandStill {
        @Test
        void whenFlushed_thenAllIsSent_andWhatWasKeptInOneDigest() {
            for (int i = 0; i < 10; i++) {
                opened("s" + i);
            }

            assertThat(notices.flush(Duration.ofMinutes(1))).isTrue();

            await(() -> published().size() == 5);
            assertThat(published().getLast().get("Subject")).startsWith("6 more notices: ");
            assertThat(notices.pending()).isZero();
        }

        @Test
        void whenFlushedTwice_thenTheRationOfTheMinuteIsStillUsed() {
            for (int i = 0; i < 4; i++) {
                opened("s" + i);
            }
            notices.flush(Duration.ofMinutes(1));
            opened("fifth");
            opened("sixth");
            notices.flush(Duration.ofMinutes(1));

            await(() -> published().size() == 5);
            assertThat(published().getLast().get("Subject")).startsWith("2 more notices: ");
        }

        @Test
        void whenTheTopicHangs_thenTheWaitIsBoundedAndSaysSo() {
            receiverHangs();
            opened("order");

            assertThat(notices.flush(Duration.ofMillis(50))).isFalse();
        }
    }

    @Nested
    class GivenATopicThatIsAway {
        @Test
        void whenItIsBackSoon_thenNothingIsLost() {
            // By the number of requests: by a clock it would be luck which of the five attempts meets the answer.
            sns.stubFor(post(anyUrl())
                    .inScenario("away")
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willReturn(aResponse().withStatus(503))
                    .willSetStateTo("away still"));
            sns.stubFor(post(anyUrl())
                    .inScenario("away")
                    .whenScenarioStateIs("away still")
                    .willReturn(aResponse().withStatus(503))
                    .willSetStateTo("back"));
            sns.stubFor(post(anyUrl())
                    .inScenario("away")
                    .whenScenarioStateIs("back")
                    .willReturn(aResponse().withStatus(200).withBody("<PublishResponse/>")));
            opened("order");

            await(() -> sns.getAllServeEvents().stream()
                    .anyMatch(event -> event.getResponse().getStatus() == 200));
            assertThat(published()).hasSize(3);
            assertThat(notices.lost()).isZero();
        }

        @Test
        void whenItStaysAway_orRefuses_thenThatIsCounted_andTheNextIsSent() {
            fails(503, "ServiceUnavailable");
            opened("order");
            await(() -> notices.lost() == 1);
            fails(403, "AuthorizationError");
            opened("user");
            await(() -> notices.lost() == 2);
            answers(aResponse().withStatus(200).withBody("<PublishResponse/>"));
            opened("product");

            await(() -> sns.getAllServeEvents().getFirst().getResponse().getStatus() == 200);
            assertThat(published()).hasSize(5 + 1 + 1);
        }
    }

    @Test
    void givenATopicThatCannotBeRight_thenRefusedWithTheReason() {
        assertThatThrownBy(() -> SnsSettings.ofTopic("healer"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arn:aws:sns:REGION:ACCOUNT:NAME");
        assertThatThrownBy(() -> SnsSettings.ofTopic(ARN + ".fifo"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("standard topic");
    }
}
