package io.selfheal.infra.observability;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.shop.MicroService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.services.applicationsignals.CfnServiceLevelObjective;
import software.amazon.awscdk.services.applicationsignals.CfnServiceLevelObjective.MetricDataQueryProperty;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/** Service level objectives of Application Signals, over what the load balancer counts: the error budget of 30 days. */
final class Objectives {
    private Objectives() {}

    static void availability(Construct scope, EnvironmentSettings settings, MicroService service) {
        CfnServiceLevelObjective.Builder.create(scope, service.name + "Availability")
                .name(settings.name() + "-" + service.name + "-availability")
                .description(service.name + " answers, and not with 5xx")
                .requestBasedSli(CfnServiceLevelObjective.RequestBasedSliProperty.builder()
                        .requestBasedSliMetric(CfnServiceLevelObjective.RequestBasedSliMetricProperty.builder()
                                .totalRequestCountMetric(query("total", service.alarms.metric("RequestCount", "Sum")))
                                .monitoredRequestCountMetric(
                                        CfnServiceLevelObjective.MonitoredRequestCountMetricProperty.builder()
                                                .badCountMetric(query(
                                                        "bad",
                                                        service.alarms.metric("HTTPCode_Target_5XX_Count", "Sum")))
                                                .build())
                                .build())
                        .build())
                .goal(CfnServiceLevelObjective.GoalProperty.builder()
                        .attainmentGoal(99.9)
                        .warningThreshold(30)
                        .interval(CfnServiceLevelObjective.IntervalProperty.builder()
                                .rollingInterval(CfnServiceLevelObjective.RollingIntervalProperty.builder()
                                        .duration(30)
                                        .durationUnit("DAY")
                                        .build())
                                .build())
                        .build())
                .burnRateConfigurations(List.of(
                        CfnServiceLevelObjective.BurnRateConfigurationProperty.builder()
                                .lookBackWindowMinutes(60)
                                .build(),
                        CfnServiceLevelObjective.BurnRateConfigurationProperty.builder()
                                .lookBackWindowMinutes(360)
                                .build()))
                .build();
    }

    private static List<MetricDataQueryProperty> query(String id, Metric metric) {
        Map<String, Object> dimensions = Objects.requireNonNull(metric.getDimensions(), "ours have some");
        return List.of(MetricDataQueryProperty.builder()
                .id(id)
                .returnData(true)
                .metricStat(CfnServiceLevelObjective.MetricStatProperty.builder()
                        .metric(CfnServiceLevelObjective.MetricProperty.builder()
                                .namespace(metric.getNamespace())
                                .metricName(metric.getMetricName())
                                .dimensions(dimensions.entrySet().stream()
                                        .map(one -> CfnServiceLevelObjective.DimensionProperty.builder()
                                                .name(one.getKey())
                                                .value(String.valueOf(one.getValue()))
                                                .build())
                                        .toList())
                                .build())
                        .period(60)
                        .stat(metric.getStatistic())
                        .build())
                .build());
    }
}
