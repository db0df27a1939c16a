package io.selfheal.healer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.testkit.MutableClock;
import io.selfheal.healer.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class IntakeTest {
    private static final String TASK =
            "arn:aws:ecs:us-east-1:000000000000:task/selfheal/0123456789abcdef0123456789abcdef";
    private static final String ALERTMANAGER = """
            {"version":"4","groupKey":"{}:{alertname=\\"TaskStuck\\"}","truncatedAlerts":0,"status":"firing","receiver":"healer",
             "groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://am:9093","notification_reason":"x",
             "alerts":[
              {"status":"firing","labels":{"alertname":"TaskStuck","service_name":"order","cluster":"selfheal","task_arn":"%s"},
               "annotations":{"summary":"s"},"startsAt":"2026-01-01T00:00:00.123Z","endsAt":"0001-01-01T00:00:00Z",
               "generatorURL":"","fingerprint":"c6eadffa33fcdf37"},
              {"status":"resolved","labels":{"alertname":"ServiceErrorRatio","service":"user"},"annotations":{},
               "startsAt":"2026-01-01T00:00:00+02:00","endsAt":"2026-01-01T00:05:00Z","generatorURL":"","fingerprint":"ab"}]}
            """.formatted(TASK);
    private static final String GRAFANA = """
            {"receiver":"healer","status":"firing","orgId":1,"version":"1","groupKey":"{}:{}","truncatedAlerts":3,"title":"t",
             "state":"alerting","message":"m","alerts":[{"status":"firing","labels":{"alertname":"High","service_name":"order"},
             "annotations":{},"startsAt":"2021-10-12T09:51:03.157076+02:00","endsAt":"0001-01-01T00:00:00Z","values":{"B":44.2},
             "generatorURL":"","fingerprint":"57c6d9296de2ad39","silenceURL":"","imageURL":""}]}
            """;
    private static final String TASK_STOPPED = """
            {"version":"0","id":"uuid","detail-type":"ECS Task State Change","source":"aws.ecs","time":"2026-01-01T00:00:05Z",
             "resources":["%1$s"],"detail":{"clusterArn":"arn:aws:ecs:us-east-1:000000000000:cluster/selfheal","taskArn":"%1$s",
             "taskDefinitionArn":"arn:x:7","group":"service:order","lastStatus":"STOPPED","desiredStatus":"STOPPED",
             "stopCode":"EssentialContainerExited","stoppedReason":"Essential container in task exited",
             "containers":[{"name":"app","lastStatus":"STOPPED","exitCode":137}],"version":4}}
            """.formatted(TASK);
    private static final String DEPLOYMENT_FAILED = """
            {"version":"0","id":"u2","detail-type":"ECS Deployment State Change","source":"aws.ecs",
             "resources":["arn:aws:ecs:us-east-1:000000000000:service/selfheal/order"],"detail":{"eventType":"ERROR",
             "eventName":"SERVICE_DEPLOYMENT_FAILED","deploymentId":"ecs-svc/123","updatedAt":"2026-01-01T00:00:09Z",
             "reason":"ECS deployment circuit breaker: task failed to start."}}
            """;

    private final Intake intake = new Intake("selfheal", new MutableClock());

    private Parsed parse(String text) {
        return intake.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private Parsed.Accepted accepted(String text) {
        Parsed parsed = parse(text);
        assertThat(parsed).isInstanceOf(Parsed.Accepted.class);
        return (Parsed.Accepted) parsed;
    }

    private String refusal(byte[] body) {
        Parsed parsed = intake.parse(body);
        assertThat(parsed).isInstanceOf(Parsed.Refused.class);
        return ((Parsed.Refused) parsed).why();
    }

    private String refusal(String text) {
        return refusal(text.getBytes(StandardCharsets.UTF_8));
    }

    @Nested
    class GivenAnAlertmanagerWebhook {
        @Test
        void thenFiringAndResolvedAlertsAreRead() {
            Parsed.Accepted read = accepted(ALERTMANAGER);

            assertThat(read.ignored()).isZero();
            assertThat(read.signals()).hasSize(2);
            assertThat(read.signals().getFirst()).isInstanceOfSatisfying(Signal.Firing.class, firing -> {
                assertThat(firing.source()).isEqualTo(SignalSource.ALERTMANAGER);
                assertThat(firing.alert().name()).isEqualTo("TaskStuck");
                assertThat(firing.alert().fingerprint()).isEqualTo("c6eadffa33fcdf37");
                assertThat(firing.service()).isEqualTo(new ServiceId("selfheal", "order"));
                assertThat(firing.alert().task()).contains(new TaskId(TASK));
                assertThat(firing.alert().startsAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123Z"));
            });
            assertThat(read.signals().getLast()).isInstanceOfSatisfying(Signal.Resolved.class, resolved -> {
                assertThat(resolved.service()).isEqualTo(new ServiceId("selfheal", "user"));
                assertThat(resolved.alert().startsAt()).isEqualTo(Instant.parse("2025-12-31T22:00:00Z"));
                assertThat(resolved.endsAt()).isEqualTo(Instant.parse("2026-01-01T00:05:00Z"));
            });
        }

        @Test
        void whenTheFieldsComeInAnotherOrder_thenItIsTheSame() {
            String alertsFirst =
                    ALERTMANAGER.replaceFirst("\\{\"version\":\"4\",", "{").strip();
            alertsFirst = alertsFirst.substring(0, alertsFirst.length() - 1) + ",\"version\":\"4\"}";

            assertThat(accepted(alertsFirst)).isEqualTo(accepted(ALERTMANAGER));
        }

        @Test
        void whenOneAlertNamesNoService_thenItIsIgnoredAloud() {
            Parsed.Accepted read = accepted(ALERTMANAGER.replace("\"service\":\"user\"", "\"x\":\"user\""));

            assertThat(read.signals()).hasSize(1);
            assertThat(read.ignored()).isEqualTo(1);
            assertThat(read.why()).singleElement().asString().contains("ServiceErrorRatio", "service_name");
        }

        @Test
        void whenAlertsWereCutOff_thenTheyAreCounted() {
            Parsed.Accepted read = accepted(ALERTMANAGER.replace("\"truncatedAlerts\":0", "\"truncatedAlerts\":7"));

            assertThat(read.signals()).hasSize(2);
            assertThat(read.ignored()).isEqualTo(7);
            assertThat(read.why()).singleElement().asString().contains("7 alerts were cut off");
        }

        @TestFactory
        Stream<DynamicTest> whenOneAlertIsOdd_thenTheOtherIsStillRead() {
            return Stream.of(
                            "\"status\":\"resolved\"=\"status\":\"pending\"",
                            "\"status\":\"resolved\"=\"status\":5",
                            "\"startsAt\":\"2026-01-01T00:00:00+02:00\"=\"startsAt\":\"yesterday\"",
                            "\"startsAt\":\"2026-01-01T00:00:00+02:00\"=\"startsAt\":{}",
                            "\"service\":\"user\"=\"service\":[\"user\"]",
                            "\"service\":\"user\"=\"service\":null",
                            "\"service\":\"user\"=\"service\":\"" + "x".repeat(300) + "\"",
                            "\"service\":\"user\"=\"service\":\"user\",\"long\":\"" + "x".repeat(2000) + "\"",
                            "\"alertname\":\"ServiceErrorRatio\"=\"alertname\":\"\"",
                            "{\"alertname\":\"ServiceErrorRatio\",\"service\":\"user\"}=\"labels\"")
                    .map(change -> DynamicTest.dynamicTest(change.substring(0, Math.min(80, change.length())), () -> {
                        String[] parts = change.split("=", 2);
                        assertThat(ALERTMANAGER).contains(parts[0]);
                        Parsed.Accepted read = accepted(ALERTMANAGER.replace(parts[0], parts[1]));
                        assertThat(read.signals()).hasSize(1);
                        assertThat(read.ignored()).isEqualTo(1);
                        assertThat(read.why()).hasSize(1);
                    }));
        }

        @Test
        void whenAlertsAreNoObjects_thenTheyAreIgnored() {
            assertThat(accepted("{\"version\":\"4\",\"alerts\":[1,\"x\",null,[]]}")
                            .ignored())
                    .isEqualTo(4);
        }

        @Test
        void whenItHoldsTenThousandAlerts_thenAllAreRead() {
            StringBuilder body = new StringBuilder("{\"version\":\"4\",\"alerts\":[");
            for (int i = 0; i < 10_000; i++) {
                body.append(i == 0 ? "" : ",")
                        .append("{\"status\":\"firing\",\"labels\":{\"alertname\":\"A\",\"service_name\":\"s")
                        .append(i)
                        .append("\",\"filler\":\"")
                        .append("x".repeat(800))
                        .append("\"},\"startsAt\":\"2026-01-01T00:00:00Z\",\"endsAt\":\"0001-01-01T00:00:00Z\"}");
            }

            assertThat(accepted(body.append("]}").toString()).signals()).hasSize(10_000);
        }
    }

    @Nested
    class GivenAGrafanaWebhook {
        @Test
        void thenItsAlertsAreReadAsGrafanas() {
            Parsed.Accepted read = accepted(GRAFANA);

            assertThat(read.signals()).singleElement().isInstanceOfSatisfying(Signal.Firing.class, firing -> {
                assertThat(firing.source()).isEqualTo(SignalSource.GRAFANA);
                assertThat(firing.alert().source()).isEqualTo(SignalSource.GRAFANA);
                assertThat(firing.alert().startsAt()).isEqualTo(Instant.parse("2021-10-12T07:51:03.157076Z"));
            });
            assertThat(read.ignored()).isEqualTo(3);
        }

        @Test
        void whenAnAlertHasNoFingerprint_thenItsLabelsMakeOne() {
            String without = GRAFANA.replace("\"fingerprint\":\"57c6d9296de2ad39\",", "");

            assertThat(accepted(without)).isEqualTo(accepted(without));
            assertThat(((Signal.Firing) accepted(without).signals().getFirst())
                            .alert()
                            .fingerprint())
                    .matches("[0-9a-f]{16}");
        }
    }

    @Nested
    class GivenAnEcsEvent {
        @Test
        void whenATaskStopped_thenItIsAFleetEventOfItsService() {
            assertThat(accepted(TASK_STOPPED).signals())
                    .singleElement()
                    .isInstanceOfSatisfying(Signal.FleetEvent.class, event -> {
                        assertThat(event.source()).isEqualTo(SignalSource.ECS);
                        assertThat(event.service()).isEqualTo(new ServiceId("selfheal", "order"));
                        assertThat(event.task()).contains(new TaskId(TASK));
                        assertThat(event.kind()).isEqualTo("TASK_STOPPED");
                        assertThat(event.detail()).contains("EssentialContainerExited", "app exit code 137");
                        assertThat(event.dedupKey()).isEqualTo(TASK + ":4");
                        assertThat(event.at()).isEqualTo(Instant.parse("2026-01-01T00:00:05Z"));
                    });
        }

        @Test
        void whenADeploymentFailed_thenItIsAFleetEventOfTheService() {
            assertThat(accepted(DEPLOYMENT_FAILED).signals())
                    .singleElement()
                    .isInstanceOfSatisfying(Signal.FleetEvent.class, event -> {
                        assertThat(event.service()).isEqualTo(new ServiceId("selfheal", "order"));
                        assertThat(event.task()).isEmpty();
                        assertThat(event.kind()).isEqualTo("SERVICE_DEPLOYMENT_FAILED");
                        assertThat(event.detail()).contains("circuit breaker");
                        assertThat(event.at()).isEqualTo(Instant.parse("2026-01-01T00:00:09Z"));
                    });
        }

        @Test
        void whenTheServiceIsSteady_thenThatIsAnEventToo() {
            String steady = DEPLOYMENT_FAILED
                    .replace("ECS Deployment State Change", "ECS Service Action")
                    .replace("SERVICE_DEPLOYMENT_FAILED", "SERVICE_STEADY_STATE")
                    .replace("\"updatedAt\":\"2026-01-01T00:00:09Z\",", "");

            assertThat(accepted(steady).signals())
                    .singleElement()
                    .isInstanceOfSatisfying(Signal.FleetEvent.class, event -> {
                        assertThat(event.kind()).isEqualTo("SERVICE_STEADY_STATE");
                        assertThat(event.at()).isEqualTo(MutableClock.START);
                    });
        }

        @Test
        void whenATaskBelongsToNoService_thenItIsIgnoredAloud() {
            Parsed.Accepted read = accepted(TASK_STOPPED.replace("service:order", "family:job"));

            assertThat(read.signals()).isEmpty();
            assertThat(read.ignored()).isEqualTo(1);
            assertThat(read.why()).singleElement().asString().contains("family:job");
        }

        @Test
        void whenItNamesNothing_thenItIsRefused() {
            assertThat(refusal(TASK_STOPPED.replace("\"taskArn\":\"" + TASK + "\"", "\"taskArn\":7")))
                    .contains("ECS Task State Change");
            assertThat(refusal(DEPLOYMENT_FAILED.replace(
                            "arn:aws:ecs:us-east-1:000000000000:service/selfheal/order", "?")))
                    .contains("resources");
        }
    }

    private record Foreign(String body, String named) {}

    @TestFactory
    Stream<DynamicTest> whatIsNotKnownIsRefusedByName() {
        return Stream.of(
                        new Foreign("{\"Type\":\"Notification\",\"TopicArn\":\"a\"}", "an SNS notification"),
                        new Foreign("{\"detail-type\":\"EC2 Instance\",\"source\":\"aws.ec2\"}", "aws.ec2"),
                        new Foreign("{\"version\":\"3\",\"alerts\":[]}", "not a format that is known"),
                        new Foreign("{}", "not a format that is known"))
                .map(foreign -> DynamicTest.dynamicTest(foreign.named(), () -> assertThat(refusal(foreign.body()))
                        .contains(foreign.named())));
    }

    @Nested
    class GivenBytesThatAreNoSignals {
        @TestFactory
        Stream<DynamicTest> thenTheyAreRefusedWithAReason() {
            return Stream.of(
                            "",
                            " ",
                            "null",
                            "1",
                            "\"x\"",
                            "[]",
                            "{",
                            "{\"a\":",
                            "{\"a\":1}x",
                            "{\"version\":\"4\",\"alerts\":[",
                            "{'a':1}",
                            "{\"a\":NaN}",
                            "{\"a\":1e999999999999}")
                    .map(text -> DynamicTest.dynamicTest(
                            "'" + text + "'", () -> assertThat(refusal(text)).isNotBlank()));
        }

        @Test
        void whenTheyAreNotUtf8_thenThatIsSaid() {
            assertThat(refusal(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', '}'}))
                    .contains("UTF-8");
            assertThat(refusal(ALERTMANAGER.getBytes(StandardCharsets.UTF_16))).isNotBlank();
            assertThat(refusal(ALERTMANAGER.getBytes(StandardCharsets.UTF_16LE)))
                    .isNotBlank();
        }

        @Test
        void whenTheyAreDeeplyNested_thenTheyAreRefused() {
            assertThat(refusal("[".repeat(1_000_000))).isNotBlank();
            assertThat(refusal("{\"version\":\"4\",\"alerts\":" + "[".repeat(100_000)))
                    .contains("epth");
            assertThat(refusal("{\"a\":".repeat(100_000))).contains("epth");
        }

        @Test
        void whenTheyAreHuge_thenTheyAreRefusedAndCheap() {
            assertThat(refusal("{\"a\":\"" + "x".repeat(10_000_000) + "\"}")).isNotBlank();
            assertThat(refusal("x".repeat(10_000_000))).isNotBlank();
            assertThat(refusal("{\"a\":[" + "1,".repeat(4_000_000) + "1]}")).contains("2000000");
            assertThat(refusal("{\"detail-type\":\"x\",\"source\":\"aws.ecs\",\"detail\":[" + "1,".repeat(900_000)
                            + "1]}"))
                    .contains("an event of");
        }

        @Test
        void whenBytesAreChangedAtRandom_thenNothingBreaks() {
            long seed = Seed.get();
            Random random = new Random(seed);
            String[] good = {ALERTMANAGER, GRAFANA, TASK_STOPPED, DEPLOYMENT_FAILED};
            for (int i = 0; i < 20_000; i++) {
                byte[] body = good[i % good.length].getBytes(StandardCharsets.UTF_8);
                for (int change = random.nextInt(6); change >= 0; change--) {
                    body[random.nextInt(body.length)] = random.nextBoolean()
                            ? (byte) random.nextInt(256)
                            : (byte) "{}[]\",:0".charAt(random.nextInt(8));
                }
                assertThat(intake.parse(body)).as("seed %d, round %d", seed, i).isNotNull();
            }
        }
    }
}
