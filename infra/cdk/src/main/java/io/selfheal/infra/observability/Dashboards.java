package io.selfheal.infra.observability;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.cost.CostReport;
import io.selfheal.infra.healer.HealerStack;
import io.selfheal.infra.shop.MicroService;
import io.selfheal.infra.shop.ServicesStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.AlarmBase;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TextWidget;
import software.constructs.Construct;

/** Three dashboards: how the shop is, how the healer is, and what it costs. */
final class Dashboards {
    private static final int WHOLE = 24;
    private static final int THIRD = 8;

    private final Construct scope;
    private final EnvironmentSettings settings;

    private Dashboards(Construct scope, EnvironmentSettings settings) {
        this.scope = scope;
        this.settings = settings;
    }

    static void make(
            Construct scope,
            EnvironmentSettings settings,
            ServicesStack services,
            HealerStack healer,
            List<AlarmBase> forPeople) {
        Dashboards dashboards = new Dashboards(scope, settings);
        dashboards.overview(services, forPeople);
        dashboards.healer(healer);
        dashboards.cost();
    }

    private void overview(ServicesStack services, List<AlarmBase> forPeople) {
        List<AlarmBase> alarms = new ArrayList<>();
        services.services.values().forEach(service -> alarms.addAll(service.alarms.all));
        alarms.addAll(forPeople);
        dashboard(
                "overview",
                List.of(
                        List.of(AlarmStatusWidget.Builder.create()
                                .title("Alarms")
                                .alarms(alarms)
                                .width(WHOLE)
                                .height(5)
                                .build()),
                        List.of(
                                graph("Requests a minute", each(services, one -> one.alarms
                                        .metric("RequestCount", "Sum")
                                        .with(label(one)))),
                                graph("5xx in percent", each(services, one -> one.alarms.errorPercent())),
                                graph(
                                        "95 % are answered within, in seconds",
                                        each(services, one -> one.alarms
                                                .metric("TargetResponseTime", "p95")
                                                .with(label(one))))),
                        List.of(
                                graph("Tasks in service", each(services, one -> one.alarms
                                        .metric("HealthyHostCount", "Minimum")
                                        .with(label(one)))),
                                graph("Processor, percent", each(services, one -> one.service.metricCpuUtilization())),
                                graph(
                                        "Memory, percent",
                                        each(services, one -> one.service.metricMemoryUtilization())))));
    }

    private void healer(HealerStack healer) {
        List<IMetric> life = List.of(HealerAlive.signOfLife(healer));
        List<IMetric> lost = List.of(healer.deadLetters.metricApproximateNumberOfMessagesVisible());
        List<IMetric> told = List.of(healer.notices.metricNumberOfMessagesPublished());
        dashboard(
                "healer",
                List.of(
                        List.of(
                                graph("Signs of life", life),
                                graph("Dead letters", lost),
                                graph("Notices to people", told)),
                        List.of(
                                graph("Table: units written", List.of(healer.table.metricConsumedWriteCapacityUnits())),
                                graph("Table: units read", List.of(healer.table.metricConsumedReadCapacityUnits())),
                                graph(
                                        "Table: conditions that did not hold (another healer was first)",
                                        List.of(healer.table.metric("ConditionalCheckFailedRequests"))))));
    }

    private void cost() {
        Metric charges = Metric.Builder.create()
                .namespace("AWS/Billing")
                .metricName("EstimatedCharges")
                .dimensionsMap(Map.of("Currency", "USD"))
                .statistic("Maximum")
                .period(Duration.hours(6))
                .region("us-east-1")
                .build();
        dashboard(
                "cost",
                List.of(
                        List.of(TextWidget.Builder.create()
                                .markdown("What was reckoned for this environment\n\n"
                                        + CostReport.of(settings).table())
                                .width(WHOLE / 2)
                                .height(12)
                                .build()),
                        List.of(GraphWidget.Builder.create()
                                .title("Charges of the whole account, this month")
                                .left(List.of(charges))
                                .region("us-east-1")
                                .width(WHOLE / 2)
                                .build())));
    }

    private void dashboard(String name, List<List<IWidget>> rows) {
        Dashboard.Builder.create(scope, name)
                .dashboardName("selfheal-" + settings.name() + "-" + name)
                .widgets(rows)
                .build();
    }

    private static List<IMetric> each(ServicesStack services, Function<MicroService, IMetric> metric) {
        return services.services.values().stream().map(metric).toList();
    }

    private static software.amazon.awscdk.services.cloudwatch.MetricOptions label(MicroService service) {
        return software.amazon.awscdk.services.cloudwatch.MetricOptions.builder()
                .label(service.name)
                .build();
    }

    private static GraphWidget graph(String title, List<IMetric> metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(metrics)
                .width(THIRD)
                .build();
    }
}
