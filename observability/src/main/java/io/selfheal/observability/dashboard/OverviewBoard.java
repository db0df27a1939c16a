package io.selfheal.observability.dashboard;

import static io.selfheal.observability.dashboard.Panel.Kind.EXEMPLARS;
import static io.selfheal.observability.dashboard.Panel.Kind.LINES;
import static io.selfheal.observability.dashboard.Panel.Kind.NUMBER;
import static io.selfheal.observability.dashboard.Panel.Kind.TABLE;

import io.selfheal.observability.dashboard.Dashboard.Row;
import java.util.List;

/** The shop at a glance. */
final class OverviewBoard {
    private static final String BUSINESS = "job=\"task\",uri!~\"/(health|prometheus|faults).*\"";

    private OverviewBoard() {}

    static Dashboard overview() {
        return new Dashboard(
                "selfheal-overview",
                "Selfheal: overview",
                "The shop at a glance: are users served, and what is the healer doing about it?",
                false,
                List.of(),
                List.of(now(), users(), alerts()));
    }

    private static Row now() {
        return Row.of(
                "Now",
                Panel.of(
                        NUMBER,
                        "Requests answered",
                        "percentunit",
                        "1 minus the share of 5xx in the SLO's last hour, per service.",
                        Query.of("1 - slo:sli_error:ratio_rate1h{slo=\"availability\"}", "{{service_name}}")),
                Panel.of(
                        NUMBER,
                        "Error budget left",
                        "percentunit",
                        "What is left of the 30 days' error budget; below 0 it is overspent.",
                        Query.of("slo:error_budget_remaining:ratio{slo=\"availability\"}", "{{service_name}}")),
                Panel.of(
                        NUMBER,
                        "Open incidents",
                        "short",
                        "Incidents that the healer has not closed.",
                        Query.of("max(healer_open_incidents)", "open")),
                Panel.of(
                        NUMBER,
                        "Actions",
                        "short",
                        "What the healer did in the time shown.",
                        Query.of("sum(increase(healer_actions_total{outcome=\"accepted\"}[$__range]))", "actions")));
    }

    private static Row users() {
        return Row.of(
                "Users",
                Panel.of(
                        LINES,
                        "Requests",
                        "reqps",
                        "Business requests a second, all tasks together.",
                        Query.of(
                                "sum by (service_name) (rate(http_server_requests_seconds_count{" + BUSINESS
                                        + "}[$__rate_interval]))",
                                "{{service_name}}")),
                Panel.of(
                        LINES,
                        "Share of errors",
                        "percentunit",
                        "5xx over all business requests.",
                        Query.of("""
                                                (sum by (service_name) (rate(http_server_requests_seconds_count{%1$s,status=~"5.."}[$__rate_interval])) or 0 * sum by (service_name) (rate(http_server_requests_seconds_count{%1$s}[$__rate_interval])))
                                                  / sum by (service_name) (rate(http_server_requests_seconds_count{%1$s}[$__rate_interval]))
                                                """.formatted(BUSINESS), "{{service_name}}")),
                Panel.of(
                        EXEMPLARS,
                        "95 of 100 answers are quicker than",
                        "s",
                        "95th percentile from the histogram; the dots are traces of single requests.",
                        Query.of(
                                "histogram_quantile(0.95, sum by (service_name, le) (rate(http_server_requests_seconds_bucket{"
                                        + BUSINESS + "}[$__rate_interval])))",
                                "{{service_name}}")),
                Panel.of(
                        LINES,
                        "Tasks",
                        "short",
                        "Tasks that answer their scrapes, and those that are desired.",
                        Query.of("sum by (service_name) (up{job=\"task\"})", "{{service_name}} up"),
                        Query.of(
                                "max by (service_name) (healer_fleet_tasks{state=\"desired\"})",
                                "{{service_name}} desired")));
    }

    private static Row alerts() {
        return Row.of(
                "Alerts",
                Panel.of(
                        LINES,
                        "Firing alerts",
                        "short",
                        "By name and service.",
                        Query.of(
                                "count by (alertname, service_name) (ALERTS{alertstate=\"firing\"})",
                                "{{alertname}} {{service_name}}")),
                Panel.of(
                        TABLE,
                        "Alerts in the time shown",
                        "short",
                        "How many alerts of each name have fired.",
                        Query.of(
                                "count by (alertname, severity, service_name) (max_over_time(ALERTS{alertstate=\"firing\"}[$__range]))",
                                "")));
    }
}
