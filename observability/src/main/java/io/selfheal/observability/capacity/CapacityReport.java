package io.selfheal.observability.capacity;

import io.selfheal.observability.capacity.ScalabilityLaw.Step;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Writes docs/capacity.md. Each figure is one line here: its name, its formula in words, its query, its format. */
final class CapacityReport {
    private static final List<Integer> USERS = List.of(1, 2, 4, 8, 16, 32, 64);
    private static final double CPU_GOAL = 0.7;
    private static final double GROWTH = 1.5;

    private static final String RPS =
            "sum by (service_name) (rate(http_server_requests_seconds_count{job=\"task\",uri!~\"/(health|prometheus|faults).*\"}[5m]))";
    private static final String IN_FLIGHT =
            "sum by (service_name) (rate(http_server_requests_seconds_sum{job=\"task\",uri!~\"/(health|prometheus|faults).*\"}[5m]))";
    private static final String CPU = "max by (service_name) (avg_over_time(process_cpu_usage{job=\"task\"}[5m]))";
    private static final String TASKS = "count by (service_name) (up{job=\"task\"} == 1)";
    private static final String CEILING = "(" + RPS + " / clamp_min(" + CPU + ", 0.001) * " + CPU_GOAL + ")";

    private record Line(String name, String formula, String query, String format) {}

    private static final List<Line> LINES = List.of(
            new Line("Requests a second", "rate of the requests over 5 min", RPS, "%.1f"),
            new Line(
                    "Mean time of a request", "seconds spent / requests", IN_FLIGHT + " / (" + RPS + " > 0)", "%.4f s"),
            new Line("Requests in flight", "Little: requests a second · mean time", IN_FLIGHT, "%.3f"),
            new Line("Tasks", "tasks that answer their scrapes", TASKS, "%.0f"),
            new Line("Busiest task's processor", "mean of 5 min, of all processors that it sees", CPU, "%.3f"),
            new Line("Linear ceiling", "requests a second / busiest processor · " + CPU_GOAL, CEILING, "%.0f/s"),
            new Line("Headroom", "1 - requests a second / ceiling", "1 - " + RPS + " / " + CEILING, "%.2f"),
            new Line(
                    "Tasks needed",
                    "ceil(requests a second · " + GROWTH + " / (ceiling / tasks))",
                    "ceil(" + RPS + " * " + GROWTH + " / (" + CEILING + " / " + TASKS + "))",
                    "%.0f"),
            new Line(
                    "Days to saturation",
                    "(" + CPU_GOAL + " - processor) / its growth a day; 365 where it does not grow",
                    "clamp((" + CPU_GOAL + " - " + CPU + ") / (clamp_min(deriv((" + CPU
                            + ")[1h:1m]), 0.000000001) * 86400), 0, 365)",
                    "%.1f"),
            new Line(
                    "Old generation kept",
                    "live data / largest old generation, worst task",
                    "max by (service_name) (jvm_gc_live_data_size_bytes{job=\"task\"} / jvm_gc_max_data_size_bytes{job=\"task\"})",
                    "%.3f"),
            new Line(
                    "Database pool in use",
                    "connections in use / most there may be, busiest task",
                    "max by (service_name) (hikaricp_connections_active{job=\"task\"} / hikaricp_connections_max{job=\"task\"})",
                    "%.2f"));

    private CapacityReport() {}

    /**
     * Arguments: file to write, Prometheus' address, and optionally whom to put load on, as in {@code product=http://...} ("-" for
     * nobody), and a moment in seconds of the epoch. Where there was load, the law goes to Prometheus as rules, too.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException(
                    "expected: <file> <Prometheus' URL> [<service>=<URL to put load on> or -] [<seconds of the epoch>]");
        }
        Figures figures = new Figures(URI.create(arguments[1]), arguments.length > 3 ? arguments[3] : "");
        boolean load = arguments.length > 2 && !arguments[2].equals("-");
        if (!load) {
            Files.writeString(Path.of(arguments[0]), page(figures, List.of(), "", circumstances()));
            return;
        }
        String[] target = arguments[2].split("=", 2);
        if (target.length != 2) {
            throw new IllegalArgumentException("expected <service>=<URL to put load on>, was " + arguments[2]);
        }
        StepLoad crowd = new StepLoad(URI.create(target[1]), Duration.ofSeconds(5));
        // One that does not count: the law leans on what one user alone gets, and the first requests are slower than
        // any other.
        crowd.run(List.of(1));
        List<Step> steps = crowd.run(USERS);
        Files.writeString(Path.of(arguments[0]), page(figures, steps, target[1], circumstances()));
        Files.writeString(
                LawRules.FILE,
                LawRules.of(
                        ScalabilityLaw.fit(steps),
                        target[0],
                        URI.create(target[1]).getPath(),
                        Instant.now()));
    }

    /** When, and on what: the services and who puts load on them share the machine. */
    private static String circumstances() {
        return "Measured at %s on %d processors, shared by the services and by who asks them, JDK %s."
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version());
    }

    static String page(Figures figures, List<Step> steps, String address, String circumstances)
            throws IOException, InterruptedException {
        StringBuilder page = new StringBuilder("""
                # Capacity

                Written by a command, not by hand: `observability/README.md`, "Capacity report". A figure of the moment it was run, with its formula.
                """);
        page.append(circumstances).append("\n\n## Services\n\n");
        table(page, figures);
        page.append("""

                The ceiling is linear: it holds while the processor is all that limits. Where requests wait in line for something else (a pool, a lock,
                another service), the next section knows better.

                ## The universal scalability law

                """);
        law(page, steps, address);
        return page.toString();
    }

    private static void table(StringBuilder page, Figures figures) throws IOException, InterruptedException {
        Map<Line, Map<String, Double>> values = new LinkedHashMap<>();
        TreeSet<String> services = new TreeSet<>();
        for (Line line : LINES) {
            values.put(line, figures.ask(line.query()));
            services.addAll(values.get(line).keySet());
        }
        page.append("| figure | ").append(String.join(" | ", services)).append(" | formula |\n");
        page.append("|---|").append("---|".repeat(services.size() + 1)).append('\n');
        values.forEach((line, byService) -> {
            page.append("| ").append(line.name()).append(" |");
            for (String service : services) {
                Double value = byService.get(service);
                page.append(value == null ? " none |" : " " + number(line.format(), value) + " |");
            }
            page.append(' ').append(line.formula()).append(" |\n");
        });
    }

    private static void law(StringBuilder page, List<Step> steps, String address) {
        page.append(
                "`X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1))`: answers a second with N users at once, each asking again as soon as it has its answer.\n\n");
        if (steps.isEmpty()) {
            page.append("No step load test was run for this page.\n");
            return;
        }
        ScalabilityLaw law = ScalabilityLaw.fit(steps);
        page.append("Steps of 5 s on `")
                .append(URI.create(address).getPath())
                .append("`:\n\n| users | answers a second | the law says |\n|---|---|---|\n");
        steps.forEach(step -> page.append(number("| %.0f |", step.users()))
                .append(number(" %.0f |", step.throughput()))
                .append(number(" %.0f |\n", law.throughput(step.users()))));
        page.append(number("\n| lambda, one user alone | %.1f/s |\n|---|---|\n", law.lambda()));
        page.append(number("| sigma, waiting in line | %.5f |\n", law.sigma()));
        page.append(number("| kappa, agreeing with all | %.7f |\n", law.kappa()));
        if (law.kappa() > 0) {
            page.append(number("| best number of users, sqrt((1 - sigma) / kappa) | %.1f |\n", law.best()));
            page.append(number("| answers a second there | %.0f |\n", law.throughput(law.best())));
        } else {
            page.append("| best number of users | none: more users never cost throughput in these steps |\n");
        }
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
