package io.selfheal.infra.shop;

import io.selfheal.infra.config.EnvironmentSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationTargetGroup;
import software.constructs.Construct;

/**
 * What the load balancer sees of a service. Here and not with the other alarms, since a release is rolled back by them and
 * they are about what stands in this stack.
 */
public final class ServiceAlarms extends Construct {
    public static final String ERRORS = "errors";
    public static final String LATENCY = "latency";
    public static final String UNHEALTHY = "unhealthy";
    /** Below so many requests a minute a share is noise. */
    private static final int FLOOR = 20;

    public final List<Alarm> all;
    public final Alarm errors;
    private final EnvironmentSettings settings;
    private final String service;
    private final Map<String, String> dimensions;

    ServiceAlarms(
            Construct scope,
            EnvironmentSettings settings,
            String service,
            ApplicationTargetGroup targets,
            ApplicationLoadBalancer balancer) {
        super(scope, "Alarms");
        this.settings = settings;
        this.service = service;
        // Sorted, as below: the order of Map.of is another in every JVM, and so would be the template.
        dimensions = new TreeMap<>(Map.of(
                "LoadBalancer", balancer.getLoadBalancerFullName(), "TargetGroup", targets.getTargetGroupFullName()));
        errors = alarm(ERRORS, errorPercent(), 5, "more than 5 % of the requests are answered with 5xx");
        Alarm latency = alarm(
                LATENCY,
                metric("TargetResponseTime", "p95"),
                0.5,
                "the slowest twentieth of requests takes over 0.5 s");
        Alarm unhealthy = alarm(
                UNHEALTHY, metric("UnHealthyHostCount", "Maximum"), 0, "the load balancer finds a task not ready");
        all = List.of(errors, latency, unhealthy);
    }

    private Alarm alarm(String about, IMetric metric, double threshold, String says) {
        return Alarm.Builder.create(this, about)
                .alarmName(settings.alarm(service, about))
                .alarmDescription(service + ": " + says)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .evaluationPeriods(3)
                .datapointsToAlarm(2)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
    }

    /** The names of its parts begin with the service's: several of it may stand in one graph. */
    public MathExpression errorPercent() {
        String errors = service + "Errors";
        String requests = service + "Requests";
        return MathExpression.Builder.create()
                .expression(
                        "IF(" + requests + " >= " + FLOOR + ", 100 * FILL(" + errors + ", 0) / " + requests + ", 0)")
                .usingMetrics(new TreeMap<>(Map.of(
                        errors, metric("HTTPCode_Target_5XX_Count", "Sum"), requests, metric("RequestCount", "Sum"))))
                .label(service)
                .period(Duration.minutes(1))
                .build();
    }

    /** What the load balancer counts of this service. */
    public Metric metric(String name, String statistic) {
        return Metric.Builder.create()
                .namespace("AWS/ApplicationELB")
                .metricName(name)
                .dimensionsMap(dimensions)
                .statistic(statistic)
                .period(Duration.minutes(1))
                .build();
    }
}
