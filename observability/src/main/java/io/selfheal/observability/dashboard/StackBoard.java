package io.selfheal.observability.dashboard;

import static io.selfheal.observability.dashboard.Panel.Kind.LINES;
import static io.selfheal.observability.dashboard.Panel.Kind.NUMBER;

import io.selfheal.observability.dashboard.Dashboard.Row;
import java.util.List;

/** Who watches the watchers. */
final class StackBoard {
    private StackBoard() {}

    static Dashboard stack() {
        return new Dashboard(
                "selfheal-stack",
                "Selfheal: the observability stack",
                "Is what the other dashboards show complete? Scrapes, rules, alerts on their way, and what the collector drops.",
                false,
                List.of(),
                List.of(scrapes(), prometheus(), collector()));
    }

    private static Row scrapes() {
        return Row.of(
                "Scrapes",
                Panel.of(
                        NUMBER,
                        "Targets up",
                        "percentunit",
                        "Share of all targets that answered their last scrape.",
                        Query.of("avg(up)", "up")),
                Panel.of(
                        NUMBER,
                        "Series scraped",
                        "short",
                        "Of all targets.",
                        Query.of("sum(scrape_samples_scraped)", "series")),
                Panel.of(
                        LINES,
                        "Time of a scrape",
                        "s",
                        "The slowest of each job.",
                        Query.of("max by (job) (scrape_duration_seconds)", "{{job}}")),
                Panel.of(
                        LINES,
                        "Series of a target",
                        "short",
                        "Largest of each service.",
                        Query.of("max by (job, service_name) (scrape_samples_scraped)", "{{job}} {{service_name}}")),
                Panel.of(
                        LINES,
                        "New series",
                        "short",
                        "Churn: tasks that come, and labels that grow.",
                        Query.of("sum by (job) (scrape_series_added)", "{{job}}")));
    }

    private static Row prometheus() {
        return Row.of(
                "Prometheus and Alertmanager",
                Panel.of(
                        LINES,
                        "Time of a rule group",
                        "s",
                        "Slowest evaluation, by group.",
                        Query.of(
                                "max by (rule_group) (prometheus_rule_group_last_duration_seconds)", "{{rule_group}}")),
                Panel.of(
                        LINES,
                        "Notifications that failed",
                        "short",
                        "From Alertmanager to its receivers, in five minutes.",
                        Query.of(
                                "sum by (integration) (increase(alertmanager_notifications_failed_total[5m]))",
                                "{{integration}}")));
    }

    private static Row collector() {
        return Row.of(
                "Collector",
                Panel.of(
                        LINES,
                        "Spans and points received and refused",
                        "short",
                        "A second, by receiver.",
                        Query.of(
                                "sum by (receiver) (rate(otelcol_receiver_accepted_spans_total[5m]))",
                                "{{receiver}} accepted"),
                        Query.of(
                                "sum by (receiver) (rate(otelcol_receiver_refused_spans_total[5m]))",
                                "{{receiver}} refused")),
                Panel.of(
                        LINES,
                        "Not delivered",
                        "short",
                        "Spans that an exporter gave up, a second.",
                        Query.of(
                                "sum by (exporter) (rate(otelcol_exporter_send_failed_spans_total[5m]))",
                                "{{exporter}}")),
                Panel.of(
                        LINES,
                        "Queue",
                        "percentunit",
                        "How full each exporter's queue is.",
                        Query.of(
                                "max by (exporter) (otelcol_exporter_queue_size / otelcol_exporter_queue_capacity)",
                                "{{exporter}}")));
    }
}
