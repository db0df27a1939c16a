package io.selfheal.infra.cost;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.EnvironmentSettings.AccessKind;
import io.selfheal.infra.config.EnvironmentSettings.DatabaseKind;
import io.selfheal.infra.config.EnvironmentSettings.HealerShell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an environment costs in a month of 730 hours with little traffic, in US dollars at the rates of us-east-1. */
public record CostReport(String environment, List<Line> lines) {
    private static final double HOURS = 730;
    private static final int SERVICES = 3;

    /** One part of the bill. */
    public record Line(String part, double dollars, String how) {}

    public static CostReport of(EnvironmentSettings settings) {
        List<Line> lines = new ArrayList<>();
        tasks(settings, lines);
        network(settings, lines);
        database(settings, lines);
        healer(settings, lines);
        watching(settings, lines);
        return new CostReport(settings.name(), List.copyOf(lines));
    }

    public double sum() {
        return lines.stream().mapToDouble(Line::dollars).sum();
    }

    public String oneLine() {
        return String.format(
                Locale.ROOT,
                "%s: about %.0f USD a month with little traffic (rates of us-east-1; docs/aws.md says what for)",
                environment,
                sum());
    }

    /** As a table of Markdown. */
    public String table() {
        StringBuilder table = new StringBuilder("| part | USD | how |\n|---|---|---|\n");
        for (Line line : lines) {
            table.append(String.format(Locale.ROOT, "| %s | %.2f | %s |\n", line.part(), line.dollars(), line.how()));
        }
        return table.append(String.format(Locale.ROOT, "| **%s** | **%.0f** | |\n", environment, sum()))
                .toString();
    }

    private static void tasks(EnvironmentSettings settings, List<Line> lines) {
        EnvironmentSettings.Tasks tasks = settings.tasks();
        int count = SERVICES * tasks.perService();
        double each = Rate.FARGATE_VCPU_HOUR.dollars() * tasks.cpu() / 1024.0
                + Rate.FARGATE_GB_HOUR.dollars() * tasks.memoryMiB() / 1024.0;
        double spot = 1 - Rate.SPOT_SAVING.dollars() * tasks.spotPercent() / 100.0;
        lines.add(new Line(
                "tasks of the shop",
                count * each * spot * HOURS,
                String.format(
                        Locale.ROOT,
                        "%d of %.2f vCPU and %d GB, %d %% on Spot",
                        count,
                        tasks.cpu() / 1024.0,
                        tasks.memoryMiB() / 1024,
                        tasks.spotPercent())));
    }

    private static void network(EnvironmentSettings settings, List<Line> lines) {
        int nat = settings.network().nat();
        boolean open = settings.access().kind() != AccessKind.INTERNAL;
        lines.add(new Line(
                "load balancer", (Rate.ALB_HOUR.dollars() + 0.5 * Rate.LCU_HOUR.dollars()) * HOURS, "1, half an LCU"));
        if (nat > 0) {
            lines.add(new Line("NAT gateways", nat * Rate.NAT_HOUR.dollars() * HOURS, nat + ", traffic not counted"));
        }
        int addresses = nat
                + (open ? settings.network().zones() : 0)
                + (nat == 0 ? SERVICES * settings.tasks().perService() + 1 : 0);
        lines.add(new Line(
                "public IPv4 addresses",
                addresses * Rate.IPV4_HOUR.dollars() * HOURS,
                addresses + ": " + (nat == 0 ? "tasks" : "NAT gateways") + (open ? " and load balancer" : "")));
    }

    private static void database(EnvironmentSettings settings, List<Line> lines) {
        if (settings.database() == DatabaseKind.AURORA) {
            lines.add(new Line(
                    "Aurora Serverless v2",
                    2 * 0.5 * Rate.AURORA_ACU_HOUR.dollars() * HOURS,
                    "2 instances of 0.5 ACU"));
        } else {
            lines.add(new Line(
                    "PostgreSQL",
                    Rate.DB_T4G_MICRO_HOUR.dollars() * HOURS + 20 * Rate.DB_GB_MONTH.dollars(),
                    "db.t4g.micro, 20 GB"));
        }
    }

    private static void healer(EnvironmentSettings settings, List<Line> lines) {
        if (settings.healer().shell() == HealerShell.CONTAINER) {
            double hour = 0.25 * Rate.FARGATE_VCPU_HOUR.dollars() + 0.5 * Rate.FARGATE_GB_HOUR.dollars();
            lines.add(new Line("healer", hour * HOURS, "1 task of 0.25 vCPU and 0.5 GB"));
        } else {
            // One call a minute of about 0.2 s with 1 GB, and SnapStart's cache of it.
            double calls = 60 * HOURS * 0.2 * Rate.LAMBDA_GB_SECOND.dollars();
            double snapshot = settings.healer().snapStart() ? HOURS * 3600 * Rate.SNAPSTART_GB_SECOND.dollars() : 0;
            lines.add(new Line(
                    "healer", calls + snapshot, "a call a minute, 1 GB" + (snapshot > 0 ? ", SnapStart" : "")));
        }
        // The database's administrator, a user for each service, the token for modes; the container has one for its own
        // HTTP interface.
        int secrets = 1 + SERVICES + 1 + (settings.healer().shell() == HealerShell.CONTAINER ? 1 : 0);
        lines.add(new Line(
                "keys and secrets",
                Rate.KEY_MONTH.dollars() + secrets * Rate.SECRET_MONTH.dollars(),
                "1 and " + secrets));
    }

    private static void watching(EnvironmentSettings settings, List<Line> lines) {
        int alarms = SERVICES * 3 + 1;
        lines.add(
                new Line("alarms on metrics", alarms * Rate.ALARM_MONTH.dollars(), alarms + " and those of the SLOs"));
        lines.add(new Line("logs", 5 * Rate.LOG_GB.dollars(), "5 GB"));
        if (settings.telemetry().containerInsights()) {
            lines.add(new Line("Container Insights", 40 * Rate.METRIC_MONTH.dollars(), "about 40 metrics"));
        }
    }
}
