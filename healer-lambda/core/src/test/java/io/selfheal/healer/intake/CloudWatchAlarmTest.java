package io.selfheal.healer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Fold;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.policy.AlarmMapping;
import io.selfheal.healer.policy.Matcher;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.testkit.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CloudWatchAlarmTest {
    private static final List<String> ROADS =
            List.of("cloudwatch-lambda/", "cloudwatch-eventbridge/", "cloudwatch-sns/");
    private static final ServiceId ORDER = new ServiceId("selfheal", "order");
    private static final Instant FIRED = Instant.parse("2026-01-01T00:05:00.123Z");

    private static Intake with(AlarmMapping... mappings) {
        return new Intake("selfheal", List.of(mappings), new MutableClock());
    }

    private static AlarmMapping mapping(String match, String service, Map<String, String> labels) {
        return new AlarmMapping(
                List.of(Matcher.parse(match)),
                Optional.of(service).filter(text -> !text.isEmpty()),
                Optional.empty(),
                new TreeMap<>(labels));
    }

    private static Parsed parse(Intake intake, JsonNode json) {
        return intake.parse(JsonTrees.write(json).getBytes(StandardCharsets.UTF_8));
    }

    private static Signal signal(Intake intake, JsonNode json) {
        Parsed parsed = parse(intake, json);
        assertThat(parsed).isInstanceOf(Parsed.Accepted.class);
        Parsed.Accepted accepted = (Parsed.Accepted) parsed;
        assertThat(accepted.why()).isEmpty();
        assertThat(accepted.signals()).hasSize(1);
        return accepted.signals().getFirst();
    }

    private static Signal signal(String fixture) {
        return signal(with(mapping("alertname=\"order-cpu-high\"", "order", Map.of())), Fixtures.json(fixture));
    }

    private static Alert firing(Signal signal) {
        assertThat(signal).isInstanceOf(Signal.Firing.class);
        return ((Signal.Firing) signal).alert();
    }

    private static String ignored(Intake intake, JsonNode json) {
        Parsed parsed = parse(intake, json);
        assertThat(parsed).isInstanceOf(Parsed.Accepted.class);
        Parsed.Accepted accepted = (Parsed.Accepted) parsed;
        assertThat(accepted.signals()).isEmpty();
        assertThat(accepted.ignored()).isEqualTo(1);
        return accepted.why().getFirst();
    }

    @TestFactory
    Stream<DynamicTest> theSameChangeByAnyRoadIsTheSameSignal() {
        return Stream.of("single-metric", "metric-math", "anomaly-detection", "back-to-ok", "one-task", "tagged")
                .map(change -> DynamicTest.dynamicTest(change, () -> assertThat(ROADS.stream()
                                .map(road -> signal(road + change))
                                .distinct())
                        .hasSize(1)));
    }

    @Nested
    class GivenAnAlarmOfOneMetric {
        @TestFactory
        Stream<DynamicTest> whenInAlarm_thenItFiresSinceTheChange() {
            return ROADS.stream()
                    .map(road -> DynamicTest.dynamicTest(road, () -> {
                        Alert alert = firing(signal(road + "single-metric"));
                        assertThat(alert.name()).isEqualTo("order-cpu-high");
                        assertThat(alert.fingerprint())
                                .isEqualTo("arn:aws:cloudwatch:eu-west-1:000000000000:alarm:order-cpu-high");
                        assertThat(alert.service()).isEqualTo(ORDER);
                        assertThat(alert.task()).isEmpty();
                        assertThat(alert.startsAt()).isEqualTo(FIRED);
                        assertThat(alert.labels())
                                .containsEntry("alertname", "order-cpu-high")
                                .containsEntry("namespace", "AWS/ECS")
                                .containsEntry("metric_name", "CPUUtilization")
                                .containsEntry("dimension_ServiceName", "order")
                                .containsEntry("region", "eu-west-1")
                                .containsEntry("account", "000000000000")
                                .containsEntry("service_name", "order")
                                .containsEntry("cluster", "selfheal");
                    }));
        }

        @TestFactory
        Stream<DynamicTest> whenWithoutData_thenItIsNeitherAReasonToActNorHealed() {
            return ROADS.stream()
                    .map(road -> DynamicTest.dynamicTest(
                            road, () -> assertThat(ignored(with(), Fixtures.json(road + "no-data")))
                                    .contains("order-cpu-high", "INSUFFICIENT_DATA", "stands as it was")));
        }

        @Test
        void whenOneTaskIsNamed_thenItsArnIsMade() {
            TaskId task =
                    new TaskId("arn:aws:ecs:eu-west-1:000000000000:task/selfheal/0123456789abcdef0123456789abcdef");

            assertThat(firing(signal("cloudwatch-eventbridge/one-task")).task()).contains(task);
        }

        @Test
        void whenTheTaskIsNoId_thenNoTaskIsMade() {
            ObjectNode odd = Fixtures.json("cloudwatch-eventbridge/one-task");
            ((ObjectNode) odd.at("/detail/configuration/metrics/0/metricStat/metric/dimensions")).put("TaskId", "../x");

            assertThat(firing(signal(with(), odd)).task()).isEmpty();
        }
    }

    @Nested
    class GivenFiringAndOkInAnyOrder {
        private final Incident incident = Incident.open(IncidentId.of(FIRED, 1), ORDER, FIRED);

        private boolean stands(Signal... signals) {
            Incident folded = incident;
            for (Signal signal : signals) {
                folded = Fold.signals(folded, List.of(signal), FIRED.plusSeconds(1))
                        .incident();
            }
            return folded.alerts().getFirst().firing();
        }

        private Signal again() {
            ObjectNode later = Fixtures.json("cloudwatch-sns/single-metric");
            return signal(with(), later.put("StateChangeTime", "2026-01-01T00:20:00.000+0000"));
        }

        @TestFactory
        Stream<DynamicTest> whenOkFollows_thenItEndsTheFiring_whateverTheRoads() {
            return ROADS.stream().flatMap(fired -> ROADS.stream()
                    .map(ended -> DynamicTest.dynamicTest(fired + " " + ended, () -> assertThat(stands(
                                    signal(fired + "single-metric"),
                                    signal(ended + "back-to-ok"),
                                    signal(fired + "single-metric")))
                            .isFalse())));
        }

        @TestFactory
        Stream<DynamicTest> whenItFiresAgain_thenALateCopyOfTheOkDoesNotEndIt() {
            return ROADS.stream()
                    .map(road -> DynamicTest.dynamicTest(road, () -> assertThat(stands(
                                    signal(road + "single-metric"),
                                    signal(road + "back-to-ok"),
                                    again(),
                                    signal(road + "back-to-ok")))
                            .isTrue()));
        }
    }

    @Nested
    class GivenAnAlarmThatNamesNoService {
        private final ObjectNode queue = Fixtures.json("cloudwatch-eventbridge/tagged");

        private ObjectNode untagged() {
            ((ObjectNode) queue.path("detail")).remove(List.of("alarmTags", "alarmTagsStatus"));
            return queue;
        }

        @Test
        void thenItIsIgnoredWithWhatToAdd() {
            assertThat(ignored(with(), untagged()))
                    .contains("queue-too-long names no service", "selfheal:service", "alertname=\"queue-too-long\"");
        }

        @Test
        void whenItsTagsNameIt_thenTheyCountBeforeTheMapping() {
            Signal signal = signal(with(mapping("alertname=\"queue-too-long\"", "user", Map.of())), queue);

            assertThat(signal.service()).isEqualTo(ORDER);
            assertThat(firing(signal).labels())
                    .containsEntry("tag_selfheal_service", "order")
                    .containsEntry("tag_team", "shop");
        }

        @Test
        void whenTheTagsWereNotSent_thenThatIsSaid() {
            ((ObjectNode) untagged().path("detail")).put("alarmTagsStatus", "ACCESS_DENIED");

            assertThat(ignored(with(), queue)).contains("its tags were not sent: ACCESS_DENIED");
        }

        @Test
        void whenAMappingMatches_thenItNamesServiceAndLabels() {
            Alert alert = firing(signal(
                    with(
                            mapping("alertname=\"other\"", "user", Map.of()),
                            mapping("dimension_QueueName=~\"ord.+\"", "order", Map.of("alertname", "ErrorBurst"))),
                    untagged()));

            assertThat(alert.service()).isEqualTo(ORDER);
            assertThat(alert.name()).isEqualTo("ErrorBurst");
            assertThat(alert.labels())
                    .containsEntry("alertname", "ErrorBurst")
                    .containsEntry("alarm_name", "queue-too-long");
        }

        @Test
        void whenAMappingOnlyRenames_thenTheServiceIsStillTheAlarmsOwn() {
            Alert alert = firing(signal(
                    with(mapping("metric_name=\"CPUUtilization\"", "", Map.of("alertname", "TaskCpuHigh"))),
                    Fixtures.json("cloudwatch-sns/single-metric")));

            assertThat(alert.service()).isEqualTo(ORDER);
            assertThat(alert.name()).isEqualTo("TaskCpuHigh");
        }

        @Test
        void whenItsMetricsNameTwoServices_thenItNamesNone() {
            ObjectNode two = Fixtures.json("cloudwatch-eventbridge/metric-math");
            ((ObjectNode) two.at("/detail/configuration/metrics/2/metricStat/metric/dimensions"))
                    .put("service_name", "user");

            assertThat(ignored(with(), two)).contains("differ in dimension:service_name");
        }

        @Test
        void whenAnotherAwsServiceHasAServiceName_thenThatIsNone() {
            ObjectNode runner = Fixtures.json("cloudwatch-eventbridge/single-metric");
            ((ObjectNode) runner.at("/detail/configuration/metrics/0/metricStat/metric/dimensions"))
                    .remove("ClusterName");

            assertThat(ignored(with(), runner)).contains("names no service");
        }
    }

    @Nested
    class GivenAnAlarmOfAlarms {
        private final AlarmMapping cpu = mapping("alertname=\"order-cpu-high\"", "order", Map.of());

        @TestFactory
        Stream<DynamicTest> thenItsTriggeringChildNamesTheService() {
            return ROADS.stream()
                    .map(road -> DynamicTest.dynamicTest(
                            road, () -> assertThat(signal(with(cpu), Fixtures.json(road + "composite"))
                                            .service())
                                    .isEqualTo(ORDER)));
        }

        @Test
        void whenItSaysAlarmAgainAfterItsActionsWereHeldBack_thenItIsTheSameEpisode() {
            assertThat(firing(signal("cloudwatch-eventbridge/composite")).startsAt())
                    .isEqualTo(Instant.parse("2026-01-01T00:05:00.138Z"));
        }

        @Test
        void whenItsActionsAreHeldBack_thenItIsLeftAlone() {
            ObjectNode held = Fixtures.json("cloudwatch-eventbridge/composite");
            ((ObjectNode) held.at("/detail/state")).put("actionsSuppressedBy", "Alarm");

            assertThat(ignored(with(cpu), held)).contains("suppressed by Alarm");
        }

        @Test
        void whenNeitherItNorItsChildrenAreMapped_thenItIsIgnoredAloud() {
            assertThat(ignored(with(), Fixtures.json("cloudwatch-sns/composite")))
                    .contains("order-in-trouble names no service");
        }

        @Test
        void whenItsChildrenNameTwoServices_thenItNamesNone() {
            ObjectNode two = Fixtures.json("cloudwatch-sns/composite");
            two.withArray("TriggeringChildren")
                    .addObject()
                    .put("Arn", "arn:aws:cloudwatch:eu-west-1:000000000000:alarm:user-cpu-high");

            assertThat(ignored(with(cpu, mapping("alertname=\"user-cpu-high\"", "user", Map.of())), two))
                    .contains("several services", "order and user");
        }
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoAlarmIsRefusedByField() {
        return Map.of(
                        "AlarmArn", "order-cpu-high",
                        "AlarmName", "",
                        "NewStateValue", "ALARMED",
                        "StateChangeTime", "2026-01-01")
                .entrySet()
                .stream()
                .map(wrong -> DynamicTest.dynamicTest(wrong.getKey(), () -> {
                    ObjectNode alarm = Fixtures.json("cloudwatch-sns/single-metric");
                    Parsed parsed = parse(with(), alarm.put(wrong.getKey(), wrong.getValue()));
                    assertThat(parsed).isInstanceOfSatisfying(Parsed.Refused.class, refused -> assertThat(refused.why())
                            .contains(wrong.getKey().replace("NewStateValue", "state")));
                }));
    }

    @Test
    void whenItHasMoreTagsThanAnIncidentKeeps_thenItIsIgnoredWithWhatToDo() {
        ObjectNode many = Fixtures.json("cloudwatch-eventbridge/tagged");
        for (int i = 0; i < 70; i++) {
            ((ObjectNode) many.at("/detail/alarmTags")).put("tag" + i, "x");
        }

        assertThat(ignored(with(), many)).contains("IncludedTagKeys");
    }

    @Test
    void otherEventsOfCloudWatchAreIgnoredAloud() {
        ObjectNode other = Fixtures.json("cloudwatch-eventbridge/single-metric");

        assertThat(ignored(with(), other.put("detail-type", "CloudWatch Alarm Contributor State Change")))
                .contains("Contributor", "send only");
    }
}
