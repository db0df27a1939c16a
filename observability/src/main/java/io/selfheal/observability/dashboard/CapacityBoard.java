package io.selfheal.observability.dashboard;

import static io.selfheal.observability.dashboard.Panel.Kind.LINES;
import static io.selfheal.observability.dashboard.Panel.Kind.NUMBER;

import io.selfheal.observability.dashboard.Dashboard.Constant;
import io.selfheal.observability.dashboard.Dashboard.Row;
import java.util.List;

/** How much more there is room for. Formulas: docs/capacity.md. */
final class CapacityBoard {
    static final String RPS =
            "sum by (service_name) (rate(http_server_requests_seconds_count{job=\"task\",uri!~\"/(health|prometheus|faults).*\"}[5m]))";
    private static final String CPU = "max by (service_name) (avg_over_time(process_cpu_usage{job=\"task\"}[5m]))";
    static final String TASKS = "count by (service_name) (up{job=\"task\"} == 1)";
    private static final String CEILING = "(" + RPS + " / clamp_min(" + CPU + ", 0.001) * $cpu_goal)";

    private CapacityBoard() {}

    static Dashboard capacity() {
        return new Dashboard(
                "selfheal-capacity",
                "Selfheal: capacity",
                "Headroom, days to saturation and tasks needed, each with its formula; docs/capacity.md has the fit of the scalability law.",
                false,
                List.of(
                        new Constant("cpu_goal", "Processor that may be used (0 to 1)", "0.7"),
                        new Constant("growth", "Growth to plan for (times)", "1.5")),
                List.of(
                        Row.of(
                                "Now",
                                Panel.of(
                                        NUMBER,
                                        "Headroom",
                                        "percentunit",
                                        "1 - requests / ceiling, where ceiling = requests / busiest task's processor * goal.",
                                        Query.of("1 - " + RPS + " / " + CEILING, "{{service_name}}")),
                                Panel.of(
                                        NUMBER,
                                        "Tasks needed",
                                        "short",
                                        "ceil(requests * growth / (ceiling / tasks)).",
                                        Query.of(
                                                "ceil(" + RPS + " * $growth / (" + CEILING + " / " + TASKS + "))",
                                                "{{service_name}}")),
                                Panel.of(
                                        NUMBER,
                                        "Days to saturation",
                                        "d",
                                        "(goal - processor) / growth of it a day; 365 when it does not grow.",
                                        Query.of(
                                                "clamp(($cpu_goal - " + CPU + ") / (clamp_min(deriv((" + CPU
                                                        + ")[1h:1m]), 0.000000001) * 86400), 0, 365)",
                                                "{{service_name}}")),
                                Panel.of(
                                        NUMBER,
                                        "Requests in flight",
                                        "short",
                                        "Little's law: requests a second * mean seconds of one.",
                                        Query.of(
                                                "sum by (service_name) (rate(http_server_requests_seconds_sum{job=\"task\"}[5m]))",
                                                "{{service_name}}"))),
                        law(),
                        Row.of(
                                "Over time",
                                Panel.of(
                                        LINES,
                                        "Requests and ceiling",
                                        "reqps",
                                        "The ceiling is linear: what the tasks could do if the processor were all that limits them.",
                                        Query.of(RPS, "{{service_name}}"),
                                        Query.of(CEILING, "{{service_name}} ceiling")),
                                Panel.of(
                                        LINES,
                                        "Busiest task's processor",
                                        "percentunit",
                                        "Of all processors the task sees.",
                                        Query.of(CPU, "{{service_name}}")),
                                Panel.of(
                                        LINES,
                                        "Throughput of a task over its concurrency",
                                        "short",
                                        "Requests a second for each request in flight; falling with more in flight is contention (the sigma and kappa of the scalability law).",
                                        Query.of(
                                                RPS
                                                        + " / clamp_min(sum by (service_name) (rate(http_server_requests_seconds_sum{job=\"task\"}[5m])), 0.001)",
                                                "{{service_name}}")),
                                Panel.of(
                                        LINES,
                                        "Old generation in four hours",
                                        "percentunit",
                                        "Live data of the JVM, extrapolated over four hours, over the old generation: above 1 the heap will be full.",
                                        Query.of(
                                                "max by (service_name) (predict_linear(jvm_gc_live_data_size_bytes{job=\"task\"}[1h], 4 * 3600) / jvm_gc_max_data_size_bytes{job=\"task\"})",
                                                "{{service_name}}")),
                                Panel.of(
                                        LINES,
                                        "Database pool in use",
                                        "percentunit",
                                        "Connections in use over those there may be, busiest task.",
                                        Query.of(
                                                "max by (service_name) (hikaricp_connections_active{job=\"task\"} / hikaricp_connections_max{job=\"task\"})",
                                                "{{service_name}}")))));
    }

    /** What the last step load test found, as the capacity report has written it into prometheus/stack/usl.rules.yml. */
    private static Row law() {
        String n = "clamp_min(sum by (service_name) (rate(http_server_requests_seconds_sum{job=\"task\"}[5m])), 1)";
        String says =
                "usl:lambda * on (service_name) " + n + " / on (service_name) (1 + usl:sigma * on (service_name) (" + n
                        + " - 1) + on (service_name) (usl:kappa * on (service_name) (" + n + " * (" + n + " - 1))))";
        return Row.of(
                "The scalability law, of the last step load test",
                Panel.of(
                        NUMBER,
                        "Contention (sigma)",
                        "percentunit",
                        "The share of a request that has to wait in line: a pool, a lock, a processor.",
                        Query.of("usl:sigma", "{{service_name}} {{path}}")),
                Panel.of(
                        NUMBER,
                        "Coherence (kappa)",
                        "none",
                        "What has to be agreed upon with all others. 0: more users never cost throughput in the test.",
                        Query.of("usl:kappa", "{{service_name}} {{path}}")),
                Panel.of(
                        NUMBER,
                        "Most it can do",
                        "reqps",
                        "The law's highest point, or lambda / sigma where it has none: of that one path, on the machine of the test.",
                        Query.of("usl:peak", "{{service_name}} {{path}}")),
                Panel.of(
                        NUMBER,
                        "Age of the test",
                        "s",
                        "docs/capacity.md is of the same test; observability/README.md says how to run it again.",
                        Query.of("time() - usl:measured_timestamp_seconds", "{{service_name}} {{path}}")),
                Panel.of(
                        LINES,
                        "Requests, and what the law says for as many in flight",
                        "reqps",
                        "lambda N / (1 + sigma (N - 1) + kappa N (N - 1)) with N = requests in flight, of all paths; N below 1 counts as 1."
                                + " Where they differ much, the load is another one than that of the test.",
                        Query.of(RPS + " and on (service_name) usl:lambda", "{{service_name}}"),
                        Query.of(says, "{{service_name}} by the law")));
    }
}
