package io.selfheal.healer.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.sns.Confirmations;
import io.selfheal.healer.sns.Letter;
import io.selfheal.healer.sns.SigningCertificates;
import io.selfheal.healer.sns.SnsDoor;
import io.selfheal.healer.sns.SnsTrust;
import io.selfheal.healer.sns.TestAuthority;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a function URL or an API Gateway passes on. */
class HttpRequestsTest {
    private final LambdaBench.Account account = new LambdaBench.Account();
    private final ServiceId order = account.world.fleet.service("order", 2);
    private final TaskId first = account.world.fleet.tasksOf(order).getFirst();
    private final PaperSns sns = new PaperSns();
    private final LambdaBench lambda = new LambdaBench(account, Optional.of(door()), true);

    private static final class PaperSns implements SigningCertificates, Confirmations {
        private final List<URI> asked = new ArrayList<>();
        private byte[] file = {};

        @Override
        public byte[] fetch(URI address) {
            asked.add(address);
            return file.clone();
        }

        @Override
        public void confirm(URI address) {
            asked.add(address);
        }
    }

    private SnsDoor door() {
        Instant now = account.world.clock.instant();
        sns.file = TestAuthority.file(TestAuthority.sns()
                .issuer("CN=Test Root", TestAuthority.ROOT_KEY)
                .good(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)))
                .build());
        TrustAnchor anchor = new TrustAnchor(TestAuthority.ROOT, null);
        return new SnsDoor(new SnsTrust(Set.of(Letter.TOPIC), false, Set.of(anchor)), sns, sns, account.world.clock);
    }

    private JsonNode send(String path, Map<String, String> headers, String body) {
        return SayingEvents.json(lambda.handle(SayingEvents.request(path, headers, body)));
    }

    private static Map<String, String> token(String token) {
        return Map.of("authorization", "Bearer " + token);
    }

    private String alarm() {
        return SayingEvents.eventBridge("ALARM", "order", first, account.world.clock.instant());
    }

    private Letter letter() {
        return Letter.notification()
                .with("Timestamp", account.world.clock.instant().toString())
                .with("Message", SayingEvents.published("ALARM", "order", first, account.world.clock.instant()));
    }

    @Nested
    class GivenWhatClaimsToBeFromSns {
        @Test
        void whenItIsSignedByAListedTopic_thenItIsSavedWithoutAToken() {
            account.world.fleet.makeSick(first);

            JsonNode response = send("/signals/sns", Map.of(), letter().signed().written());

            assertThat(response.path("statusCode").asInt())
                    .as(response.toString())
                    .isEqualTo(202);
            assertThat(response.path("body").asText()).isEqualTo("{\"accepted\":1,\"ignored\":0}");
            assertThat(account.world.actions()).hasSize(1);
        }

        @Test
        void whenItWasChangedAfterItWasSigned_thenItIsNotBelieved() {
            Letter forged = letter().signed().with("Message", alarm());

            assertThat(send("/signals/sns", Map.of(), forged.written())
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(403);
            assertThat(account.world.incidents()).isEmpty();
        }

        @Test
        void whenItsTopicIsNotListed_thenNobodyIsAskedAnything() {
            Letter stranger = letter().with("TopicArn", "arn:aws:sns:eu-west-1:666666666666:alarms")
                    .signed();

            assertThat(send("/prod/signals/sns", Map.of(), stranger.written())
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(403);
            assertThat(sns.asked).isEmpty();
        }

        @Test
        void whenATopicAsksWhetherItMaySend_thenItIsToldYes() {
            Letter question = Letter.confirmation("SubscriptionConfirmation")
                    .with("Timestamp", account.world.clock.instant().toString())
                    .signed();

            assertThat(send("/signals/sns", Map.of(), question.written())
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(202);
            assertThat(sns.asked.getLast().toString()).contains("Action=ConfirmSubscription");
        }

        @Test
        void whenItIsGenuineAndSaysNothing_then422WithTheReason() {
            JsonNode response = send(
                    "/signals/sns",
                    Map.of(),
                    letter().with("Message", "Alerts Firing:").signed().written());

            assertThat(response.path("statusCode").asInt()).isEqualTo(422);
            assertThat(response.path("body").asText()).contains("observability/amp");
        }
    }

    @Nested
    class GivenAnybodyElse {
        @Test
        void whenTheTokenIsWrongOrMissing_thenNothingIsReadOfIt() {
            for (Map<String, String> headers :
                    List.of(Map.<String, String>of(), token("wrong"), Map.of("authorization", LambdaBench.TOKEN))) {
                assertThat(send("/signals/cloudwatch", headers, alarm())
                                .path("statusCode")
                                .asInt())
                        .isEqualTo(401);
            }
            assertThat(account.world.incidents()).isEmpty();
        }

        @Test
        void whenAnSnsNotificationComesWithTheTokenOnAnotherPath_thenItIsStillNotBelieved() {
            assertThat(send(
                                    "/signals/cloudwatch",
                                    token(LambdaBench.TOKEN),
                                    letter().signed().written())
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(422);
        }

        @Test
        void whenABodyPretendsToBeAnEventOfAws_thenItIsAnswered401LikeAnyOther() {
            for (String body : List.of(
                    SayingEvents.schedule(),
                    SayingEvents.batch(Map.of("q-1", alarm())),
                    SayingEvents.snsRecord(alarm()),
                    "{\"selfheal\":\"tick\"}")) {
                assertThat(send("/signals/ecs", Map.of(), body)
                                .path("statusCode")
                                .asInt())
                        .isEqualTo(401);
            }
            assertThat(account.world.incidents()).isEmpty();
        }

        @Test
        void whenTheBodyIsBase64_asApiGatewaySendsIt_thenItIsReadToo() {
            String body = Base64.getEncoder().encodeToString(alarm().getBytes(StandardCharsets.UTF_8));
            String request = SayingEvents.request(
                            "/signals/cloudwatch", Map.of("Authorization", "bearer " + LambdaBench.TOKEN), body)
                    .replace("\"isBase64Encoded\":false", "\"isBase64Encoded\":true");

            assertThat(SayingEvents.json(lambda.handle(request))
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(202);
            assertThat(account.world.incidents()).hasSize(1);
            assertThat(SayingEvents.json(lambda.handle(request.replace(body, "%%%")))
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(400);
        }

        @Test
        void whenThePathOrTheMethodIsAnother_thenItIsSaidWhatThereIs() {
            assertThat(send("/", token(LambdaBench.TOKEN), alarm())
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(404);
            String get = SayingEvents.request("/signals/ecs", token(LambdaBench.TOKEN), "")
                    .replace("\"POST\"", "\"GET\"");
            assertThat(SayingEvents.json(lambda.handle(get)).path("statusCode").asInt())
                    .isEqualTo(405);
        }
    }
}
