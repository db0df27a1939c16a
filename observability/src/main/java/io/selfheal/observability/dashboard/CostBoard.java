package io.selfheal.observability.dashboard;

import static io.selfheal.observability.dashboard.CapacityBoard.RPS;
import static io.selfheal.observability.dashboard.CapacityBoard.TASKS;
import static io.selfheal.observability.dashboard.Panel.Kind.LINES;
import static io.selfheal.observability.dashboard.Panel.Kind.NUMBER;
import static io.selfheal.observability.dashboard.Panel.Kind.TABLE;

import io.selfheal.observability.dashboard.Dashboard.Constant;
import io.selfheal.observability.dashboard.Dashboard.Row;
import java.util.List;

/** What the tasks and their telemetry cost, and what of it is waste. */
final class CostBoard {
    private static final String HOURLY = "(" + TASKS + " * ($vcpu * $vcpu_hour + $gb * $gb_hour))";

    private CostBoard() {}

    static Dashboard cost() {
        return new Dashboard(
                "selfheal-cost",
                "Selfheal: cost",
                "Fargate and telemetry, per service and per 1,000 requests, and what of it is waste. Prices are list prices of us-east-1 (x86), to be changed above.",
                false,
                List.of(
                        new Constant("vcpu", "vCPU of a task", "0.5"), new Constant("gb", "GB of a task", "1"),
                        new Constant("vcpu_hour", "$ a vCPU hour", "0.04048"),
                                new Constant("gb_hour", "$ a GB hour", "0.004445"),
                        new Constant("sample_kb", "KB of a metric's sample", "0.4"),
                                new Constant("metrics_gb", "$ a GB of metrics", "0.5")),
                List.of(
                        Row.of(
                                "Fargate",
                                Panel.of(
                                        NUMBER,
                                        "A month of Fargate",
                                        "currencyUSD",
                                        "tasks * (vCPU * price + GB * price) * 730 h.",
                                        Query.of(HOURLY + " * 730", "{{service_name}}")),
                                Panel.of(
                                        NUMBER,
                                        "1,000 requests",
                                        "currencyUSD",
                                        "Hourly cost / requests an hour * 1000.",
                                        Query.of(
                                                HOURLY + " / clamp_min(" + RPS + " * 3600, 0.001) * 1000",
                                                "{{service_name}}")),
                                Panel.of(
                                        NUMBER,
                                        "Waste of a month",
                                        "currencyUSD",
                                        "Cost * (1 - mean processor in use).",
                                        Query.of(
                                                HOURLY
                                                        + " * 730 * (1 - avg by (service_name) (avg_over_time(process_cpu_usage{job=\"task\"}[5m])))",
                                                "{{service_name}}")),
                                Panel.of(
                                        NUMBER,
                                        "All services, a month",
                                        "currencyUSD",
                                        "Compute alone, about two thirds of a real bill: NAT, load balancer, addresses and logs come on top.",
                                        Query.of("sum(" + HOURLY + ") * 730", "all"))),
                        Row.of(
                                "Telemetry",
                                Panel.of(
                                        NUMBER,
                                        "Metrics, a month",
                                        "currencyUSD",
                                        "series * 60 samples an hour * 730 h * KB / 1e6 * price: each series once a minute.",
                                        Query.of(
                                                "sum by (service_name) (scrape_samples_post_metric_relabeling{job=\"task\"}) * 60 * 730 * $sample_kb / 1000000 * $metrics_gb",
                                                "{{service_name}}")),
                                Panel.of(
                                        TABLE,
                                        "Series by service",
                                        "short",
                                        "The budget is 1,500 a service.",
                                        Query.of(
                                                "sum by (service_name) (scrape_samples_post_metric_relabeling{job=\"task\"})",
                                                "")),
                                Panel.of(
                                        LINES,
                                        "Cost of an hour",
                                        "currencyUSD",
                                        "Fargate, by service: a scale-out shows here.",
                                        Query.of(HOURLY, "{{service_name}}")))));
    }
}
