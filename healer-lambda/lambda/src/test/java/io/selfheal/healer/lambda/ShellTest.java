package io.selfheal.healer.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.testkit.FailingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ShellTest {

    private static final class Stuck {
        final LambdaBench lambda;
        final ServiceId order;
        final TaskId first;

        Stuck() {
            this(new LambdaBench());
        }

        Stuck(LambdaBench lambda) {
            this.lambda = lambda;
            this.order = lambda.account.world.fleet.service("order", 2);
            this.first = lambda.account.world.fleet.tasksOf(order).getFirst();
            lambda.account.world.fleet.makeSick(first);
        }

        Instant now() {
            return lambda.account.world.clock.instant();
        }

        String alarm() {
            return SayingEvents.eventBridge("ALARM", "order", first, now());
        }

        Phase phase() {
            return lambda.account.world.latest(order).state().phase();
        }

        List<Action> actions() {
            return lambda.account.world.actions();
        }
    }

    /** Every form in which the same alarm may come, with the function that makes the event of it. */
    private static final Map<String, Function<Stuck, String>> FORMS = forms();

    private static Map<String, Function<Stuck, String>> forms() {
        Map<String, Function<Stuck, String>> forms = new LinkedHashMap<>();
        forms.put("CloudWatch directly", stuck -> SayingEvents.direct("ALARM", "order", stuck.first, stuck.now()));
        forms.put("EventBridge", Stuck::alarm);
        forms.put(
                "SNS record",
                stuck -> SayingEvents.snsRecord(SayingEvents.published("ALARM", "order", stuck.first, stuck.now())));
        forms.put("queue", stuck -> SayingEvents.batch(Map.of("q-1", stuck.alarm())));
        forms.put(
                "HTTP with the token",
                stuck -> SayingEvents.request(
                        "/signals/cloudwatch", Map.of("authorization", "Bearer " + LambdaBench.TOKEN), stuck.alarm()));
        return forms;
    }

    @Nested
    class GivenOneStuckTask {
        @TestFactory
        Stream<DynamicTest> whenTheAlarmComesInAnyForm_thenTheTaskIsReplacedAndVerifiedAtTheWakeUp() {
            return FORMS.entrySet().stream()
                    .map(form -> DynamicTest.dynamicTest(form.getKey(), () -> heals(form.getValue())));
        }

        private void heals(Function<Stuck, String> form) {
            Stuck stuck = new Stuck();

            stuck.lambda.handle(form.apply(stuck));

            assertThat(stuck.actions()).containsExactly(new Action.RestartTask(stuck.order, stuck.first));
            assertThat(stuck.phase()).isEqualTo(Phase.VERIFYING);
            assertThat(stuck.lambda.account.wakeUps.sent()).hasSize(1);
            assertThat(stuck.lambda.flushed).isTrue();

            stuck.lambda.handle(SayingEvents.eventBridge("OK", "order", stuck.first, stuck.now()));
            for (int wakeUps = 0; wakeUps < 5 && stuck.phase() == Phase.VERIFYING; wakeUps++) {
                stuck.lambda.wake();
            }
            assertThat(stuck.phase()).isEqualTo(Phase.RESOLVED);
            assertThat(stuck.lambda.account.world.reasons(stuck.order)).endsWith(Reason.VERIFIED);
            assertThat(stuck.actions()).hasSize(1);
        }

        @Test
        void whenNoWakeUpEverComes_thenTheScheduleHealsItLater() {
            Stuck stuck = new Stuck();
            stuck.lambda.account.wakeUps.away(true);

            stuck.lambda.handle(stuck.alarm());
            stuck.lambda.handle(SayingEvents.eventBridge("OK", "order", stuck.first, stuck.now()));
            for (int minutes = 0; minutes < 3; minutes++) {
                stuck.lambda.account.world.clock.advance(Duration.ofMinutes(1));
                stuck.lambda.handle(SayingEvents.schedule());
            }

            assertThat(stuck.phase()).isEqualTo(Phase.RESOLVED);
            assertThat(stuck.actions()).hasSize(1);
        }

        @Test
        void whenTheSameEventComesAgainAndAgain_thenOneActionAndNoMoreHistory() {
            Stuck stuck = new Stuck();
            String alarm = stuck.alarm();
            stuck.lambda.handle(alarm);
            List<Reason> history = stuck.lambda.account.world.reasons(stuck.order);

            stuck.lambda.handle(alarm);
            stuck.lambda.handle(SayingEvents.batch(Map.of("q-1", alarm)));

            assertThat(stuck.actions()).hasSize(1);
            assertThat(stuck.lambda.account.world.reasons(stuck.order)).isEqualTo(history);
        }

        @Test
        void whenItsAlarmComesLongAfterItWasHealed_thenNothingIsDoneAgain() {
            Stuck stuck = new Stuck();
            String late = stuck.alarm();
            stuck.lambda.handle(late);
            stuck.lambda.handle(SayingEvents.eventBridge("OK", "order", stuck.first, stuck.now()));
            for (int wakeUps = 0; wakeUps < 5 && stuck.phase() == Phase.VERIFYING; wakeUps++) {
                stuck.lambda.wake();
            }

            stuck.lambda.account.world.clock.advance(Duration.ofHours(5));
            stuck.lambda.handle(late);

            assertThat(stuck.actions()).hasSize(1);
        }

        @Test
        void whenTheFleetTellsThatTheTaskStopped_thenThatIsNoReasonToAct() {
            Stuck stuck = new Stuck();

            String answer = stuck.lambda.handle(SayingEvents.taskStopped("order", stuck.first, stuck.now()));

            assertThat(answer).isEqualTo("{\"saved\":1,\"ignored\":0,\"deadLetters\":0}");
            assertThat(stuck.actions()).isEmpty();
        }
    }

    @Nested
    class GivenSeveralFunctions {
        @Test
        void whenOneActsAndAnotherIsWoken_thenTheOtherVerifies() {
            LambdaBench.Account account = new LambdaBench.Account();
            Stuck stuck = new Stuck(new LambdaBench(account, Optional.empty(), true));
            LambdaBench other = new LambdaBench(account, Optional.empty(), true);

            stuck.lambda.handle(stuck.alarm());
            other.handle(SayingEvents.eventBridge("OK", "order", stuck.first, stuck.now()));
            for (int wakeUps = 0; wakeUps < 5 && stuck.phase() == Phase.VERIFYING; wakeUps++) {
                other.wake();
            }

            assertThat(stuck.phase()).isEqualTo(Phase.RESOLVED);
            assertThat(stuck.actions()).hasSize(1);
        }

        @Test
        void whenManyServicesAlarmAtOnceOnManyFunctions_thenTheyAskForOneWakeUpEachTime() {
            LambdaBench.Account account = new LambdaBench.Account();
            Instant now = account.world.clock.instant();
            for (int i = 0; i < 30; i++) {
                ServiceId service = account.world.fleet.service("s" + i, 2);
                TaskId task = account.world.fleet.tasksOf(service).getFirst();
                account.world.fleet.makeSick(task);
                LambdaBench lambda = new LambdaBench(account, Optional.empty(), true);
                lambda.handle(SayingEvents.eventBridge("ALARM", service.service(), task, now));
            }

            assertThat(account.world.incidents()).hasSize(30);
            // The first asked for; a sooner one may take its place, as here when a storm puts all off to one time.
            assertThat(account.wakeUps.sent()).hasSizeLessThanOrEqualTo(2);
        }

        @Test
        void whenAWakeUpComesEarly_thenTheNextIsAskedForAllTheSame() {
            Stuck stuck = new Stuck();
            stuck.lambda.handle(stuck.alarm());

            stuck.lambda.handle(SayingEvents.batch(
                    Map.of("w-1", stuck.lambda.account.wakeUps.last().body())));

            assertThat(stuck.lambda.account.wakeUps.sent()).hasSize(2);
        }

        @Test
        void whenAWakeUpIsDeliveredTwice_thenThereIsStillOneChainOfThem() {
            Stuck stuck = new Stuck();
            stuck.lambda.handle(stuck.alarm());
            String wakeUp = SayingEvents.batch(
                    Map.of("w-1", stuck.lambda.account.wakeUps.last().body()));
            stuck.lambda.account.world.clock.advance(
                    stuck.lambda.account.wakeUps.last().delay());

            stuck.lambda.handle(wakeUp);
            stuck.lambda.handle(wakeUp);
            stuck.lambda.handle(wakeUp);

            assertThat(stuck.lambda.account.wakeUps.sent()).hasSize(2);
        }
    }

    @Nested
    class GivenTheStoreIsAway {
        private final LambdaBench.Account account = new LambdaBench.Account();
        private final FailingStore store = new FailingStore(account.world.store);
        private final Stuck stuck = new Stuck(new LambdaBench(account, store, Optional.empty(), true));

        @Test
        void whenAnEventComes_thenTheCallFailsAndLambdaDeliversItAgain() {
            store.down(true);
            assertThatThrownBy(() -> stuck.lambda.handle(stuck.alarm())).isInstanceOf(StoreUnavailableException.class);

            store.down(false);
            stuck.lambda.handle(stuck.alarm());
            assertThat(stuck.actions()).hasSize(1);
        }

        @Test
        void whenABatchComes_thenAllOfItIsLeftInTheQueue() {
            store.down(true);
            Map<String, String> bodies = new LinkedHashMap<>();
            bodies.put("q-1", stuck.alarm());
            bodies.put("q-2", stuck.alarm());

            assertThat(SayingEvents.failed(stuck.lambda.handle(SayingEvents.batch(bodies))))
                    .containsExactly("q-1", "q-2");
        }

        @Test
        void whenARequestComes_thenItIsAnswered503() {
            store.down(true);
            String answer = stuck.lambda.handle(SayingEvents.request(
                    "/signals/cloudwatch", Map.of("Authorization", "Bearer " + LambdaBench.TOKEN), stuck.alarm()));

            assertThat(SayingEvents.json(answer).path("statusCode").asInt()).isEqualTo(503);
        }

        @Test
        void whenTheScheduleCalls_thenTheCallFails() {
            store.down(true);
            assertThatThrownBy(() -> stuck.lambda.handle(SayingEvents.schedule()))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Nested
    class GivenAPoisonousMessage {
        private static final String POISON = "{\"neither\":\"this\",\"nor\":\"that\"}";

        @Test
        void whenItIsInABatch_thenItGoesToTheDeadLettersWithTheReasonAndTheRestGoesOn() {
            Stuck stuck = new Stuck();
            Map<String, String> bodies = new LinkedHashMap<>();
            bodies.put("bad-1", POISON);
            bodies.put("bad-2", "no JSON at all");
            bodies.put("good", stuck.alarm());

            String answer = stuck.lambda.handle(SayingEvents.batch(bodies));

            assertThat(SayingEvents.failed(answer)).isEmpty();
            assertThat(stuck.actions()).hasSize(1);
            List<PaperQueue.Sent> buried = stuck.lambda.account.deadLetters.sent();
            assertThat(buried).hasSize(2);
            JsonNode letter = SayingEvents.json(buried.getFirst().body());
            assertThat(letter.path("event").asText()).isEqualTo(POISON);
            assertThat(letter.path("messageId").asText()).isEqualTo("bad-1");
            assertThat(letter.path("reason").asText()).contains("format");
            assertThat(buried.getFirst().attributes())
                    .containsEntry("from", "sqs")
                    .containsKey("reason");
        }

        @Test
        void whenTheDeadLetterQueueIsAway_thenItStaysInItsQueueAndTheRestGoesOn() {
            Stuck stuck = new Stuck();
            stuck.lambda.account.deadLetters.away(true);
            Map<String, String> bodies = new LinkedHashMap<>();
            bodies.put("bad", POISON);
            bodies.put("good", stuck.alarm());

            assertThat(SayingEvents.failed(stuck.lambda.handle(SayingEvents.batch(bodies))))
                    .containsExactly("bad");
            assertThat(stuck.actions()).hasSize(1);
        }

        @Test
        void whenItComesAsAnEvent_thenItGoesToTheDeadLettersToo() {
            LambdaBench lambda = new LambdaBench();

            assertThat(lambda.handle(POISON)).contains("\"deadLetters\":1");
            assertThat(SayingEvents.json(lambda.account.deadLetters.last().body())
                            .path("event")
                            .asText())
                    .isEqualTo(POISON);
        }

        @Test
        void whenThereIsNoDeadLetterQueue_thenTheCallFailsAndSaysWhy() {
            LambdaBench lambda = new LambdaBench(new LambdaBench.Account(), Optional.empty(), false);

            assertThatThrownBy(() -> lambda.handle(POISON))
                    .isInstanceOf(InvocationFailedException.class)
                    .hasMessageContaining("HEALER_DEAD_LETTER_QUEUE_URL");
        }

        @Test
        void whenItsQueueKeepsAnOrder_thenNothingOvertakesWhatFailed() {
            Stuck stuck = new Stuck();
            stuck.lambda.account.deadLetters.away(true);
            Map<String, String> bodies = new LinkedHashMap<>();
            bodies.put("bad", POISON);
            bodies.put("good", stuck.alarm());

            assertThat(SayingEvents.failed(
                            stuck.lambda.handle(SayingEvents.batch(SayingEvents.QUEUE + ".fifo", bodies))))
                    .containsExactly("bad", "good");
            assertThat(stuck.actions()).isEmpty();
        }
    }

    @Nested
    class GivenLittleTime {
        @Test
        void whenABatchIsLeft_thenNothingMoreIsBegunAndTheRestIsDeliveredAgain() {
            Stuck stuck = new Stuck();
            Map<String, String> bodies = new LinkedHashMap<>();
            bodies.put("q-1", SayingEvents.taskStopped("order", stuck.first, stuck.now()));
            bodies.put("q-2", stuck.alarm());
            stuck.lambda.runsOutAfter(1);

            assertThat(SayingEvents.failed(stuck.lambda.handle(SayingEvents.batch(bodies))))
                    .containsExactly("q-2");
            assertThat(stuck.actions()).isEmpty();
        }
    }
}
