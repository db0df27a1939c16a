package io.selfheal.healer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.testkit.MutableClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EnvelopesTest {
    private final Intake intake = new Intake("selfheal", new MutableClock());

    private static byte[] bytes(JsonNode json) {
        return JsonTrees.write(json).getBytes(StandardCharsets.UTF_8);
    }

    private String refusal(JsonNode json) {
        Parsed parsed = intake.parse(bytes(json));
        assertThat(parsed).isInstanceOf(Parsed.Refused.class);
        return ((Parsed.Refused) parsed).why();
    }

    private static ObjectNode queue(String... bodies) {
        ObjectNode event = JsonTrees.object();
        for (int i = 0; i < bodies.length; i++) {
            event.withArray("Records")
                    .addObject()
                    .put("messageId", "id-" + i)
                    .put("eventSource", "aws:sqs")
                    .put("body", bodies[i]);
        }
        return event;
    }

    private static String text(String fixture) {
        return new String(Fixtures.bytes(fixture), StandardCharsets.UTF_8);
    }

    @Nested
    class GivenABatchOfAQueue {
        @Test
        void whenOneOfThreeCannotBeRead_thenOnlyThatOneFailed() {
            List<Delivery> deliveries = intake.deliveries(
                    bytes(queue(text("cloudwatch-sns/single-metric"), "{\"a\":1}", text("ecs-task/running"))));

            assertThat(deliveries).extracting(Delivery::messageId).containsExactly("id-0", "id-1", "id-2");
            assertThat(deliveries)
                    .filteredOn(delivery -> delivery.parsed() instanceof Parsed.Refused)
                    .extracting(Delivery::messageId)
                    .containsExactly("id-1");
        }

        @Test
        void whenReadAsAWhole_thenTheRefusedOneIsAmongTheIgnored() {
            Parsed parsed = intake.parse(bytes(queue(text("cloudwatch-sns/single-metric"), "{\"a\":1}")));

            assertThat(parsed).isInstanceOfSatisfying(Parsed.Accepted.class, accepted -> {
                assertThat(accepted.signals()).hasSize(1);
                assertThat(accepted.ignored()).isEqualTo(1);
                assertThat(accepted.why()).singleElement().asString().startsWith("message id-1: not a format");
            });
        }

        @Test
        void whenNoneCanBeRead_thenTheWholeIsRefused() {
            assertThat(refusal(queue("{}", "{}"))).startsWith("none of 2 messages: message id-0");
            assertThat(refusal(
                            JsonTrees.object().set("Records", JsonTrees.object().arrayNode())))
                    .contains("without records");
        }

        @Test
        void whenARecordIsOfAnotherService_thenItIsRefusedByName() {
            ObjectNode event = JsonTrees.object();
            event.withArray("Records").addObject().put("eventSource", "aws:s3");

            assertThat(refusal(event)).contains("a record of 'aws:s3'");
        }

        @Test
        void whenTheBatchIsLong_thenAllOfItIsRead() {
            String big = text("managed-prometheus/firing").replace("One task", "x".repeat(120_000));
            String[] bodies = Stream.generate(() -> big).limit(10).toArray(String[]::new);

            assertThat(intake.deliveries(bytes(queue(bodies)))).hasSize(10).allSatisfy(delivery -> assertThat(
                            delivery.parsed())
                    .isInstanceOfSatisfying(Parsed.Accepted.class, accepted -> assertThat(accepted.signals())
                            .hasSize(1)));
        }
    }

    @Nested
    class GivenATopicsNotification {
        @Test
        void whenItCameThroughAQueueOrNot_thenItIsTheSameSignal() {
            Signal direct = ((Parsed.Accepted) intake.parse(Fixtures.bytes("cloudwatch-sns/single-metric")))
                    .signals()
                    .getFirst();

            assertThat(Stream.of("sns-lambda/single-metric", "sqs/topic-notification", "sqs/raw-delivery"))
                    .allSatisfy(road -> assertThat(((Parsed.Accepted) intake.parse(Fixtures.bytes(road))).signals())
                            .containsExactly(direct));
        }

        @Test
        void whenItCameOverHttp_thenItIsRefused_sinceNobodyVerifiedIt() {
            assertThat(refusal(Fixtures.json("sns-http/notification"))).contains("/signals/sns");
            ObjectNode request = Fixtures.json("http-request/function-url");
            assertThat(refusal(request.put("body", text("sns-http/notification"))))
                    .contains("signature");
        }

        @Test
        void whenAQueueHoldsAConfirmation_thenItIsRefused() {
            assertThat(refusal(queue(text("sns-http/subscription-confirmation"))))
                    .contains("SubscriptionConfirmation");
        }
    }

    @Nested
    class GivenAMessageThatManagedPrometheusChanged {
        private String with(String message, Map<String, String> attributes) {
            ObjectNode event = Fixtures.json("sns-lambda/managed-prometheus");
            ObjectNode sns = (ObjectNode) event.at("/Records/0/Sns");
            sns.put("Message", message);
            attributes.forEach((name, value) -> sns.withObject("MessageAttributes")
                    .putObject(name)
                    .put("Type", "String")
                    .put("Value", value));
            return JsonTrees.write(event);
        }

        private Parsed parse(String message, Map<String, String> attributes) {
            return intake.parse(with(message, attributes).getBytes(StandardCharsets.UTF_8));
        }

        @TestFactory
        Stream<DynamicTest> thenItIsRefusedWithWhatToDo() {
            String whole = text("managed-prometheus/firing");
            String cut =
                    "Message: Error - Message has been truncated from 300 KB, because it exceeds the 256 KB size limit";
            return Stream.of(
                            new Changes(
                                    whole.substring(0, 200), Map.of("truncated", "true", "modified", cut), "group_by"),
                            new Changes(whole, Map.of("truncated", "true"), "group_by"),
                            new Changes("Error - not a valid UTF-8 encoded string", Map.of(), "not a valid UTF-8"),
                            new Changes("Error - Message should not be empty", Map.of(), "should not be empty"),
                            new Changes("Alerts Firing:\nLabels:\n - alertname = X", Map.of(), "observability/amp"),
                            new Changes("", Map.of(), "empty message"),
                            new Changes(whole.substring(0, 200), Map.of(), "not acceptable JSON"))
                    .map(changes -> DynamicTest.dynamicTest(changes.reason() + " " + changes.attributes(), () -> {
                        Parsed parsed = parse(changes.message(), changes.attributes());
                        assertThat(parsed)
                                .isInstanceOfSatisfying(Parsed.Refused.class, refused -> assertThat(refused.why())
                                        .contains(changes.reason()));
                    }));
        }

        private record Changes(String message, Map<String, String> attributes, String reason) {}

        @Test
        void whenOnlyItsSubjectWasShortened_thenItIsRead() {
            Parsed parsed = parse(
                    text("managed-prometheus/firing"),
                    Map.of("modified", "Subject: Error - Subject has been truncated from 120 characters"));

            assertThat(parsed).isInstanceOf(Parsed.Accepted.class);
        }

        @Test
        void whenAQueueTellsTheAttributes_thenTheyCountToo() {
            ObjectNode event = queue(text("managed-prometheus/firing"));
            ((ObjectNode) event.at("/Records/0"))
                    .withObject("messageAttributes")
                    .putObject("truncated")
                    .put("stringValue", "true");

            assertThat(refusal(event)).contains("group_by");
        }
    }

    @Nested
    class GivenEnvelopesInEnvelopes {
        private String wrapped(String body, int times) {
            String text = body;
            for (int i = 0; i < times; i++) {
                text = JsonTrees.write(queue(text));
            }
            return text;
        }

        @Test
        void whenThree_thenItIsRead() {
            String body = wrapped(text("ecs-task/running"), 3);

            assertThat(intake.parse(body.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Parsed.Accepted.class);
        }

        @Test
        void whenFour_thenItIsRefused() throws Exception {
            assertThat(refusal(JsonTrees.read(wrapped(text("ecs-task/running"), 4))))
                    .contains("at most 3");
        }

        @Test
        void whenARequestHoldsNoBase64OrNoJson_thenThatIsSaid() {
            ObjectNode request = Fixtures.json("http-request/function-url-base64");
            assertThat(refusal(request.put("body", "%%%"))).contains("base64");
            assertThat(refusal(request.put("body", "/////w=="))).contains("UTF-8");
            assertThat(refusal(request.put("isBase64Encoded", false).put("body", "hello")))
                    .contains("JSON");
        }
    }
}
