package io.selfheal.awsendpoint;

import io.selfheal.healer.server.stage.TestFleet;
import java.util.UUID;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** A metric of a service, the share of its tasks that fail, and an alarm on it that tells a topic. */
final class Alarm implements AutoCloseable {
    static final String NAMESPACE = "Selfheal/Tests";

    private static final String METRIC = "SickTasks";
    /** The shortest period that CloudWatch has. */
    private static final int PERIOD_SECONDS = 10;

    private final CloudWatchClient cloudWatch = AwsEndpoint.get().cloudWatch();
    private final String name = "selfheal-" + UUID.randomUUID();
    private final Dimension[] dimensions;

    Alarm(String service, String topic) {
        dimensions = new Dimension[] {dimension("ClusterName", TestFleet.CLUSTER), dimension("ServiceName", service)};
        cloudWatch.putMetricAlarm(request -> request.alarmName(name)
                .namespace(NAMESPACE)
                .metricName(METRIC)
                .dimensions(dimensions)
                .statistic(Statistic.MAXIMUM)
                .period(PERIOD_SECONDS)
                .evaluationPeriods(1)
                .threshold(0.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .treatMissingData("missing")
                .alarmActions(topic)
                .okActions(topic));
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    void report(double share) {
        MetricDatum datum = MetricDatum.builder()
                .metricName(METRIC)
                .dimensions(dimensions)
                .value(share)
                .storageResolution(1)
                .build();
        cloudWatch.putMetricData(request -> request.namespace(NAMESPACE).metricData(datum));
    }

    StateValue state() {
        return cloudWatch
                .describeAlarms(request -> request.alarmNames(name))
                .metricAlarms()
                .getFirst()
                .stateValue();
    }

    @Override
    public void close() {
        cloudWatch.deleteAlarms(request -> request.alarmNames(name));
        cloudWatch.close();
    }
}
