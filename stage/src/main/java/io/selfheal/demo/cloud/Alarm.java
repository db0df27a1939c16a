package io.selfheal.demo.cloud;

import io.selfheal.demo.cloud.AwsApi.Service;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.w3c.dom.Element;

/** A metric of a service, the share of failing looks at its tasks, and the alarm on it. */
final class Alarm implements AutoCloseable {

    /** The policy of this demo maps alarms of this namespace. */
    private static final String NAMESPACE = "Selfheal/Demo";

    private static final String METRIC = "ErrorRatio";
    private static final double THRESHOLD = 0.1;
    /** The shortest that CloudWatch has. */
    private static final int PERIOD_SECONDS = 10;

    private final AwsApi aws;
    private final String name;
    private final Map<String, String> dimensions;

    private Alarm(AwsApi aws, String name, Map<String, String> dimensions) {
        this.aws = aws;
        this.name = name;
        this.dimensions = dimensions;
    }

    /** Tells the topic when it goes off and when it is over: CloudWatch says neither twice. */
    static Alarm create(AwsApi aws, String name, String cluster, String service, String topic) {
        Map<String, String> dimensions = Map.of(
                "Dimensions.member.1.Name",
                "ClusterName",
                "Dimensions.member.1.Value",
                cluster,
                "Dimensions.member.2.Name",
                "ServiceName",
                "Dimensions.member.2.Value",
                service);
        Map<String, String> request = new HashMap<>(dimensions);
        request.putAll(Map.of(
                "AlarmName",
                name,
                "Namespace",
                NAMESPACE,
                "MetricName",
                METRIC,
                "Statistic",
                "Average",
                "Period",
                String.valueOf(PERIOD_SECONDS),
                "EvaluationPeriods",
                "1",
                "Threshold",
                String.valueOf(THRESHOLD),
                "ComparisonOperator",
                "GreaterThanThreshold",
                "AlarmActions.member.1",
                topic,
                "OKActions.member.1",
                topic));
        aws.call(Service.CLOUDWATCH, "PutMetricAlarm", request);
        return new Alarm(aws, name, dimensions);
    }

    String name() {
        return name;
    }

    void report(double ratio) {
        Map<String, String> request = new HashMap<>(Map.of(
                "Namespace",
                NAMESPACE,
                "MetricData.member.1.MetricName",
                METRIC,
                "MetricData.member.1.StorageResolution",
                "1",
                "MetricData.member.1.Value",
                String.format(Locale.ROOT, "%.3f", ratio)));
        dimensions.forEach((key, value) -> request.put("MetricData.member.1." + key, value));
        aws.call(Service.CLOUDWATCH, "PutMetricData", request);
    }

    Cloud.AlarmState state() {
        Element answer = aws.call(Service.CLOUDWATCH, "DescribeAlarms", Map.of("AlarmNames.member.1", name));
        return new Cloud.AlarmState(AwsApi.text(answer, "StateValue"), AwsApi.text(answer, "StateReason"));
    }

    @Override
    public void close() {
        aws.call(Service.CLOUDWATCH, "DeleteAlarms", Map.of("AlarmNames.member.1", name));
    }
}
