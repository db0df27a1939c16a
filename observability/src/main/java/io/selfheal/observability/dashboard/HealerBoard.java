package io.selfheal.observability.dashboard;

import static io.selfheal.observability.dashboard.Panel.Kind.LINES;
import static io.selfheal.observability.dashboard.Panel.Kind.NUMBER;
import static io.selfheal.observability.dashboard.Panel.Kind.TABLE;

import io.selfheal.observability.dashboard.Dashboard.Row;
import java.util.List;

/** What the healer does, how fast, what it refuses, and whether it does harm. */
final class HealerBoard {
    private HealerBoard() {}

    static Dashboard healer() {
        return new Dashboard(
                "selfheal-healer",
                "Selfheal: the healer",
                "Incidents, time to detect, act and repair, actions, refusals by reason, and signs of harm.",
                false,
                List.of(),
                List.of(now(), times(), deeds(), harm(), inside()));
    }

    private static Row now() {
        return Row.of(
                "Now",
                Panel.of(
                        NUMBER,
                        "Open incidents",
                        "short",
                        "Not closed yet.",
                        Query.of("max(healer_open_incidents)", "open")),
                Panel.of(
                        NUMBER,
                        "Repaired",
                        "short",
                        "Incidents that ended with the service verified well, in the time shown.",
                        Query.of("sum(increase(healer_repair_seconds_count[$__range]))", "repaired")),
                Panel.of(
                        NUMBER,
                        "Actions",
                        "short",
                        "Accepted by the fleet in the time shown.",
                        Query.of("sum(increase(healer_actions_total{outcome=\"accepted\"}[$__range]))", "actions")),
                Panel.of(
                        NUMBER,
                        "Healer is up",
                        "short",
                        "1 while its metrics answer; 0 fires HealerDown.",
                        Query.of("max(up{job=\"healer\"})", "up")));
    }

    private static Row times() {
        return Row.of(
                "How fast",
                time("Time to detect", "healer_detect_seconds", "From the start of the first alert to its arrival."),
                time(
                        "Time to act",
                        "healer_act_seconds",
                        "From the arrival of the first signal to the fleet accepting the first action."),
                time(
                        "Time to repair",
                        "healer_repair_seconds",
                        "From the start of the first alert to the service verified well."),
                Panel.of(
                        LINES,
                        "Open incidents over time",
                        "short",
                        "A plateau is an incident that waits for a person.",
                        Query.of("max(healer_open_incidents)", "open")));
    }

    private static Panel time(String title, String metric, String means) {
        return Panel.of(
                LINES,
                title,
                "s",
                means + " Mean, and the 95th percentile, over the time shown.",
                Query.of(
                        "sum(increase(" + metric + "_sum[$__range])) / sum(increase(" + metric + "_count[$__range]))",
                        "mean"),
                Query.of("histogram_quantile(0.95, sum by (le) (increase(" + metric + "_bucket[$__range])))", "p95"));
    }

    private static Row deeds() {
        return Row.of(
                "What it does and what it refuses",
                Panel.of(
                        LINES,
                        "Actions by kind",
                        "short",
                        "Accepted in a minute.",
                        Query.of(
                                "sum by (kind) (increase(healer_actions_total{outcome=\"accepted\"}[1m]))",
                                "{{kind}}")),
                Panel.of(
                        LINES,
                        "Refusals by reason",
                        "short",
                        "In a minute; each reason is explained in docs.",
                        Query.of("sum by (reason) (increase(healer_refusals_total[1m])) > 0", "{{reason}}")),
                Panel.of(
                        TABLE,
                        "Refusals in the time shown",
                        "short",
                        "By reason, the most frequent first.",
                        Query.of("sort_desc(sum by (reason) (increase(healer_refusals_total[$__range])) > 0)", "")),
                Panel.of(
                        LINES,
                        "Signals by source",
                        "short",
                        "What reached it in a minute: alerts, probes, events.",
                        Query.of("sum by (source) (increase(healer_signals_total[1m]))", "{{source}}")));
    }

    private static Row harm() {
        return Row.of(
                "Harm",
                Panel.of(
                        NUMBER,
                        "Actions that failed",
                        "short",
                        "Tried, and the fleet could not or would not.",
                        Query.of(
                                "sum(increase(healer_actions_total{outcome=~\"failed|refused\"}[$__range]))",
                                "failed")),
                Panel.of(
                        NUMBER,
                        "Fewest tasks over desired",
                        "percentunit",
                        "The lowest share of desired tasks that any service had in the time shown: what its healthy floor guards.",
                        Query.of(
                                "min(min_over_time((sum by (service_name) (healer_fleet_tasks{state=\"running\"}) / sum by (service_name) (healer_fleet_tasks{state=\"desired\"}))[$__range:10s]))",
                                "lowest")),
                Panel.of(
                        NUMBER,
                        "Actions for one repair",
                        "short",
                        "Above 2 it acts more than it mends: a false alarm, or a cure that does not cure.",
                        Query.of(
                                "sum(increase(healer_actions_total{outcome=\"accepted\"}[$__range])) / clamp_min(sum(increase(healer_repair_seconds_count[$__range])), 1)",
                                "actions")),
                Panel.of(
                        NUMBER,
                        "Troubles",
                        "short",
                        "What it could not do for reasons of its own: a store or an API that failed.",
                        Query.of("sum(increase(healer_troubles_total[$__range]))", "troubles")));
    }

    private static Row inside() {
        return Row.of(
                "Inside",
                Panel.of(
                        LINES,
                        "Tasks as it sees them",
                        "short",
                        "Desired and running, by service.",
                        Query.of("sum by (service_name, state) (healer_fleet_tasks)", "{{service_name}} {{state}}")),
                Panel.of(
                        LINES,
                        "Writes to its store",
                        "short",
                        "In a minute.",
                        Query.of("sum(increase(healer_store_writes_total[1m]))", "writes")));
    }
}
