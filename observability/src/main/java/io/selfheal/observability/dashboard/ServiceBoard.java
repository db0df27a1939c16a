package io.selfheal.observability.dashboard;

import static io.selfheal.observability.dashboard.Panel.Kind.EXEMPLARS;
import static io.selfheal.observability.dashboard.Panel.Kind.LINES;
import static io.selfheal.observability.dashboard.Panel.Kind.LOGS;

import io.selfheal.observability.dashboard.Dashboard.Row;
import java.util.List;

/** One service in depth, for whoever has to find out what is wrong with it. */
final class ServiceBoard {
    private static final String ONE = "job=\"task\",service_name=~\"$service\"";
    private static final String ONE_BUSINESS = ONE + ",uri!~\"/(health|prometheus|faults).*\"";

    private ServiceBoard() {}

    static Dashboard service() {
        return new Dashboard(
                "selfheal-service",
                "Selfheal: one service in depth",
                "Requests, errors and durations of one service, its JVM and its pool, with its logs beside.",
                true,
                List.of(),
                List.of(red(), calls(), jvm(), pool(), logs()));
    }

    private static Row red() {
        return Row.of(
                "Requests, errors, durations",
                Panel.of(
                        LINES,
                        "Requests by route",
                        "reqps",
                        "The route's template, not the path.",
                        Query.of(
                                "sum by (uri) (rate(http_server_requests_seconds_count{" + ONE_BUSINESS
                                        + "}[$__rate_interval]))",
                                "{{uri}}")),
                Panel.of(
                        LINES,
                        "Errors by status",
                        "reqps",
                        "5xx a second.",
                        Query.of(
                                "sum by (status) (rate(http_server_requests_seconds_count{" + ONE_BUSINESS
                                        + ",status=~\"5..\"}[$__rate_interval]))",
                                "{{status}}")),
                Panel.of(
                        EXEMPLARS,
                        "Durations",
                        "s",
                        "Percentiles from the histogram; a dot leads to the trace of a request.",
                        duration("0.5"),
                        duration("0.95"),
                        duration("0.99")),
                Panel.of(
                        LINES,
                        "Slower than 0.25 s, by task",
                        "percentunit",
                        "The share that the latency goal and LatencyHigh count.",
                        Query.of("""
                                1 - sum by (task_arn) (rate(http_server_requests_seconds_bucket{%1$s,le="0.25"}[$__rate_interval]))
                                  / sum by (task_arn) (rate(http_server_requests_seconds_count{%1$s}[$__rate_interval]))
                                """.formatted(ONE_BUSINESS), "{{task_arn}}")),
                Panel.of(
                        LINES,
                        "Requests in flight",
                        "short",
                        "Being worked on now, by task.",
                        Query.of("sum by (task_arn) (http_server_inflight_requests{" + ONE + "})", "{{task_arn}}")),
                Panel.of(
                        LINES,
                        "Oldest request in flight",
                        "s",
                        "What hangs shows here first.",
                        Query.of(
                                "max by (task_arn) (http_server_inflight_oldest_seconds{" + ONE + "})",
                                "{{task_arn}}")));
    }

    private static Query duration(String share) {
        return Query.of(
                "histogram_quantile(" + share + ", sum by (le) (rate(http_server_requests_seconds_bucket{"
                        + ONE_BUSINESS + "}[$__rate_interval])))",
                "p" + share.substring(2));
    }

    private static Row calls() {
        return Row.of(
                "Calls to other services",
                Panel.of(
                        LINES,
                        "Calls by outcome",
                        "reqps",
                        "Of all services, since only some call others: answered, failed, or not tried while the circuit breaker is open.",
                        Query.of(
                                "sum by (service_name, dependency, outcome) (rate(dependency_calls_seconds_count[$__rate_interval]))",
                                "{{service_name}} to {{dependency}} {{outcome}}")),
                Panel.of(
                        LINES,
                        "Mean time of a call",
                        "s",
                        "All attempts of a call together.",
                        Query.of("""
                                sum by (service_name, dependency) (rate(dependency_calls_seconds_sum[$__rate_interval]))
                                  / (sum by (service_name, dependency) (rate(dependency_calls_seconds_count[$__rate_interval])) > 0)
                                """, "{{service_name}} to {{dependency}}")));
    }

    private static Row jvm() {
        return Row.of(
                "JVM",
                Panel.of(
                        LINES,
                        "Processor",
                        "percentunit",
                        "Of all processors that the process sees.",
                        Query.of("max by (task_arn) (process_cpu_usage{" + ONE + "})", "{{task_arn}}")),
                Panel.of(
                        LINES,
                        "Heap",
                        "bytes",
                        "Used, by task.",
                        Query.of(
                                "sum by (task_arn) (jvm_memory_used_bytes{" + ONE + ",area=\"heap\"})",
                                "{{task_arn}}")),
                Panel.of(
                        LINES,
                        "Kept through a full collection",
                        "percentunit",
                        "Live data over the old generation: a leak shows here, and TaskMemoryHigh reads it.",
                        Query.of(
                                "max by (task_arn) (jvm_gc_live_data_size_bytes{" + ONE
                                        + "}) / max by (task_arn) (jvm_gc_max_data_size_bytes{" + ONE + "})",
                                "{{task_arn}}")),
                Panel.of(
                        LINES,
                        "Time in garbage collection",
                        "percentunit",
                        "Seconds of pause in a second.",
                        Query.of(
                                "sum by (task_arn) (rate(jvm_gc_pause_seconds_sum{" + ONE + "}[$__rate_interval]))",
                                "{{task_arn}}")),
                Panel.of(
                        LINES,
                        "Threads",
                        "short",
                        "Live platform threads; requests run on virtual ones.",
                        Query.of("max by (task_arn) (jvm_threads_live_threads{" + ONE + "})", "{{task_arn}}")));
    }

    private static Row pool() {
        return Row.of(
                "Database pool",
                Panel.of(
                        LINES,
                        "Connections",
                        "short",
                        "In use, and the most there may be.",
                        Query.of("sum by (task_arn) (hikaricp_connections_active{" + ONE + "})", "{{task_arn}} in use"),
                        Query.of("max(hikaricp_connections_max{" + ONE + "})", "most of a task")),
                Panel.of(
                        LINES,
                        "Waiting for a connection",
                        "short",
                        "Requests that wait while the pool is full.",
                        Query.of("sum by (task_arn) (hikaricp_connections_pending{" + ONE + "})", "{{task_arn}}")),
                Panel.of(
                        LINES, "Time to get a connection", "s", "Mean.", Query.of("""
                                sum by (task_arn) (rate(hikaricp_connections_acquire_seconds_sum{%1$s}[$__rate_interval]))
                                  / (sum by (task_arn) (rate(hikaricp_connections_acquire_seconds_count{%1$s}[$__rate_interval])) > 0)
                                """.formatted(ONE), "{{task_arn}}")));
    }

    private static Row logs() {
        return Row.of(
                "Logs",
                Panel.of(
                        LOGS,
                        "Log lines",
                        "short",
                        "Warnings and errors of the service; a line with a trace id leads to its trace.",
                        Query.of("{service_name=~\"$service\"} | severity_text =~ \"(?i)warn|error\"", "")));
    }
}
