package io.selfheal.healer.aws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.testkit.MutableClock;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** The tasks' metrics in CloudWatch, from what it tells in each period to how each task served. */
class CloudWatchVitalsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MutableClock clock = new MutableClock();
    private final SimulatedFleet fleet = new SimulatedFleet(clock);
    private final ServiceId order = fleet.service("order", 2);
    private final TaskId first = fleet.tasksOf(order).getFirst();
    private final TaskId second = fleet.tasksOf(order).getLast();
    private final CloudWatch cloudWatch = new CloudWatch();
    private final CloudWatchVitals vitals =
            new CloudWatchVitals(CloudWatchSettings.of("Shop", MINUTE), fleet, cloudWatch, clock);

    /** CloudWatch as far as it is asked: data points by what names them, a page of one series at a time. */
    private static final class CloudWatch implements CloudWatchClient {
        private final Map<String, TreeMap<Instant, Double>> points = new TreeMap<>();
        private final List<GetMetricDataRequest> asked = new ArrayList<>();
        private UnaryOperator<MetricDataResult.Builder> flaw = builder -> builder;
        private Optional<RuntimeException> failure = Optional.empty();

        void tell(TaskId task, String metric, Instant at, double value) {
            points.computeIfAbsent(
                            "Shop/" + metric + "/selfheal/order/"
                                    + task.arn().substring(task.arn().lastIndexOf('/') + 1),
                            _ -> new TreeMap<>())
                    .put(at, value);
        }

        @Override
        public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
            asked.add(request);
            if (failure.isPresent()) {
                throw failure.get();
            }
            int page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
            GetMetricDataResponse.Builder answer = GetMetricDataResponse.builder()
                    .metricDataResults(
                            result(request, request.metricDataQueries().get(page)));
            return page + 1 < request.metricDataQueries().size()
                    ? answer.nextToken(String.valueOf(page + 1)).build()
                    : answer.build();
        }

        private MetricDataResult result(GetMetricDataRequest request, MetricDataQuery query) {
            var metric = query.metricStat().metric();
            String name = metric.namespace() + "/" + metric.metricName() + "/"
                    + String.join(
                            "/",
                            metric.dimensions().stream().map(Dimension::value).toList());
            var seen = points.getOrDefault(name, new TreeMap<>())
                    .subMap(request.startTime(), true, request.endTime(), false);
            return flaw.apply(MetricDataResult.builder()
                            .id(query.id())
                            .label(metric.metricName())
                            .statusCode(StatusCode.COMPLETE)
                            .timestamps(seen.descendingMap().keySet())
                            .values(seen.descendingMap().values()))
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private void served(TaskId task, int minutesAgo, double requests, double errors, double slow) {
        Instant at = clock.instant().minus(MINUTE.multipliedBy(minutesAgo));
        cloudWatch.tell(task, "Requests", at, requests);
        cloudWatch.tell(task, "Errors", at, errors);
        cloudWatch.tell(task, "SlowRequests", at, slow);
    }

    private Fact<Map<TaskId, Vitals>> told() {
        return vitals.gather(order).vitals();
    }

    private String unknown() {
        return told() instanceof Fact.Unknown<Map<TaskId, Vitals>>(String why) ? why : "known";
    }

    @Nested
    class GivenWhatTheTasksServed {
        @Test
        void thenEachIsToldByItself_andNothingElse() {
            served(first, 2, 600, 300, 0);
            served(first, 1, 600, 0, 60);
            served(second, 1, 60, 0, 0);

            Evidence evidence = vitals.gather(order);

            assertThat(evidence.vitals())
                    .isEqualTo(new Fact.Known<>(
                            Map.of(first, new Vitals(10, 0.25, 0.05), second, new Vitals(1, 0, 0)), clock.instant()));
            assertThat(evidence.calls()).isEqualTo(Evidence.untold().calls());
            assertThat(evidence.logs()).isEqualTo(Evidence.untold().logs());
        }

        @Test
        void whenItIsOlderThanThreePeriods_thenItDoesNotCount() {
            served(first, 4, 600, 600, 600);

            assertThat(told()).isEqualTo(new Fact.Known<>(Map.of(), clock.instant()));
        }

        @Test
        void whenErrorsOfAPeriodAreNotTold_thenItsRequestsDoNotPassForGood() {
            served(first, 2, 600, 300, 0);
            cloudWatch.tell(first, "Requests", clock.instant().minus(MINUTE), 6000);

            assertThat(told()).isEqualTo(new Fact.Known<>(Map.of(first, new Vitals(10, 0.5, 0)), clock.instant()));
        }

        @Test
        void whenMoreTasksRunThanOneCallTakes_thenItAsksAgain() {
            ServiceId many = fleet.service("many", 170);

            vitals.gather(many);

            assertThat(cloudWatch.asked.stream()
                            .filter(request -> request.nextToken() == null)
                            .map(request -> request.metricDataQueries().size()))
                    .containsExactly(498, 12);
        }
    }

    @Nested
    class GivenSomethingInTheWay {
        @Test
        void whenCloudWatchHasItOnlyInPart_thenItIsUnknown() {
            served(first, 1, 600, 0, 0);
            cloudWatch.flaw = result -> result.statusCode(StatusCode.INTERNAL_ERROR);

            assertThat(unknown()).isEqualTo("metrics of selfheal/order: CloudWatch answers InternalError to Requests");
        }

        @Test
        void whenTheRoleMayNot_thenItSaysWhatTheRoleNeeds() {
            cloudWatch.failure = Optional.of(CloudWatchException.builder()
                    .statusCode(403)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("AccessDenied")
                            .errorMessage("no")
                            .build())
                    .build());

            assertThat(unknown())
                    .isEqualTo(
                            "metrics of selfheal/order: AccessDenied: no; the healer's role needs"
                                    + " {\"Effect\": \"Allow\", \"Action\": \"cloudwatch:GetMetricData\", \"Resource\": \"*\"}");
        }

        @Test
        void whenCloudWatchIsAway_thenItIsUnknown() {
            cloudWatch.failure = Optional.of(SdkClientException.create("connection refused"));

            assertThat(unknown()).isEqualTo("metrics of selfheal/order: connection refused");
        }

        @Test
        void whenTheFleetIsAway_thenNothingIsAsked() {
            fleet.away("the fleet is away");

            assertThat(unknown()).isEqualTo("the fleet is away");
            assertThat(cloudWatch.asked).isEmpty();
        }
    }

    @Nested
    class GivenSettings {
        @Test
        void whenTheNamespaceIsNone_thenItSaysWhatIsExpected() {
            assertThatThrownBy(() -> CloudWatchSettings.of("a b", MINUTE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "namespace: expected 1 to 255 of A-Z a-z 0-9 . - _ / # :, not beginning with a colon, was 'a b'");
        }

        @Test
        void whenCloudWatchKnowsNoSuchPeriod_thenItSaysWhichItKnows() {
            for (String bad : List.of("PT0S", "PT0.5S", "PT15S", "PT90S", "-PT1M")) {
                assertThatThrownBy(() -> CloudWatchSettings.of("Shop", Duration.parse(bad)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("period: expected PT1S, PT5S, PT10S, PT30S or whole minutes, was "
                                + Duration.parse(bad));
            }
            for (String good : List.of("PT1S", "PT30S", "PT1M", "PT5M")) {
                assertThat(CloudWatchSettings.of("Shop", Duration.parse(good)).period())
                        .isEqualTo(Duration.parse(good));
            }
        }
    }
}
