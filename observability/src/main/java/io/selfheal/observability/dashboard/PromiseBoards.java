package io.selfheal.observability.dashboard;

import static io.selfheal.observability.dashboard.Panel.Kind.GAUGE;
import static io.selfheal.observability.dashboard.Panel.Kind.LINES;
import static io.selfheal.observability.dashboard.Panel.Kind.NUMBER;
import static io.selfheal.observability.dashboard.Panel.Kind.TABLE;

import io.selfheal.observability.dashboard.Dashboard.Row;
import java.util.ArrayList;
import java.util.List;

/** What is promised, and what is unusual. */
final class PromiseBoards {
    private PromiseBoards() {}

    /** @param slos the names of the objectives that have generated rules */
    static Dashboard slo(List<String> slos) {
        List<Row> rows = new ArrayList<>();
        slos.forEach(slo -> rows.add(objective(slo)));
        rows.add(Row.of(
                "Alerts",
                Panel.of(
                        TABLE,
                        "Budget alerts in the time shown",
                        "short",
                        "SloBurnPage, SloBurnTicket and SloAbsent that have fired, by goal.",
                        Query.of(
                                "count by (alertname, service_name, slo) (max_over_time(ALERTS{alertname=~\"Slo.*\"}[$__range]))",
                                ""))));
        return new Dashboard(
                "selfheal-slo",
                "Selfheal: goals and error budgets",
                "What is left of each error budget, how fast it burns, and when it is gone. In the demo the SLO's clock goes twelve times as fast: its hour is five minutes.",
                true,
                List.of(),
                rows);
    }

    private static Row objective(String slo) {
        String series = "{slo=\"" + slo + "\",service_name=~\"$service\"}";
        return Row.of(
                "Goal: " + slo,
                Panel.of(
                        GAUGE,
                        "Budget left: " + slo,
                        "percentunit",
                        "1 - (share of bad requests in 30 days / budget). Below 0 the goal is missed.",
                        Query.of("slo:error_budget_remaining:ratio" + series, "{{service_name}}")),
                Panel.of(
                        NUMBER,
                        "Kept, 30 days: " + slo,
                        "percentunit",
                        "The share of good requests over the SLO's 30 days, or what there is of them.",
                        Query.of("1 - slo:sli_error:ratio_rate30d" + series, "{{service_name}}")),
                Panel.of(
                        NUMBER,
                        "Burn rate, 1 h: " + slo,
                        "short",
                        "Share of bad requests in the last hour over the budget: at 1 the budget lasts exactly 30 days, at 14.4 somebody is paged.",
                        Query.of(
                                "slo:sli_error:ratio_rate1h" + series + " / slo:error_budget:ratio" + series,
                                "{{service_name}}")),
                Panel.of(
                        NUMBER,
                        "Budget gone in: " + slo,
                        "d",
                        "Days left at the pace of the last day: budget left * 30 / burn rate of a day. 0 when it is gone, 365 when nothing burns.",
                        Query.of(
                                "clamp(slo:error_budget_remaining:ratio%1$s * 30 / clamp_min(slo:sli_error:ratio_rate1d%1$s / slo:error_budget:ratio%1$s, 0.000001), 0, 365)"
                                        .formatted(series),
                                "{{service_name}}")),
                Panel.of(
                        LINES,
                        "Burn rate by window: " + slo,
                        "short",
                        "The long and the short windows of both pages.",
                        burn(series, "5m"),
                        burn(series, "1h"),
                        burn(series, "30m"),
                        burn(series, "6h")),
                Panel.of(
                        LINES,
                        "Budget left over time: " + slo,
                        "percentunit",
                        "It comes back as bad hours leave the 30 days.",
                        Query.of("slo:error_budget_remaining:ratio" + series, "{{service_name}}")));
    }

    private static Query burn(String series, String window) {
        return Query.of(
                "slo:sli_error:ratio_rate" + window + series + " / slo:error_budget:ratio" + series,
                "{{service_name}} " + window);
    }

    static Dashboard anomalies() {
        return new Dashboard(
                "selfheal-anomalies",
                "Selfheal: what is unusual",
                "Each input with its band. Unusual is not broken: compare with the goals.",
                true,
                List.of(),
                List.of(
                        band("requests", "reqps"),
                        band("latency", "s"),
                        band("errors", "percentunit"),
                        Row.of(
                                "Cold start",
                                Panel.of(
                                        LINES,
                                        "Standard deviations from the last hour",
                                        "short",
                                        "Above 4 AnomalyColdStart speaks, as long as there is no day of history.",
                                        Query.of(
                                                "anomaly:zscore{service_name=~\"$service\"}",
                                                "{{service_name}} {{anomaly_name}}")),
                                Panel.of(
                                        TABLE,
                                        "Outside of the band now",
                                        "short",
                                        "1 for each input above or below its band.",
                                        Query.of(
                                                "(anomaly:input > bool anomaly:upper) + (anomaly:input < bool anomaly:lower)",
                                                "")))));
    }

    private static Row band(String input, String unit) {
        String series = "{service_name=~\"$service\",anomaly_name=\"" + input + "\"}";
        return Row.of(
                "Band: " + input,
                Panel.of(
                        LINES,
                        "Usual and actual: " + input,
                        unit,
                        "The band: an hour's average, as wide as its lively hours, at least half the average, and wide enough for yesterday and last week.",
                        Query.of("anomaly:input" + series, "{{service_name}}"),
                        Query.of("anomaly:upper" + series, "{{service_name}} at most"),
                        Query.of("anomaly:lower" + series, "{{service_name}} at least")));
    }
}
