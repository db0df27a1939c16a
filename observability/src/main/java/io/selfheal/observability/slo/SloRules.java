package io.selfheal.observability.slo;

import io.selfheal.observability.slo.Burn.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** The recording and alert rules of one SLO, as the groups of a rule file of Prometheus. */
final class SloRules {
    /** Straight from the counters: a page must not wait for a recorded rate to come up. */
    private static final List<String> FROM_COUNTERS = List.of("5m", "30m", "1h", "2h", "6h");

    /** From what was recorded, since days of raw samples are too many to add up each time. */
    private static final List<String> FROM_RECORDS = List.of("1d", "3d", "30d");

    private final Slo slo;
    private final Pace pace;
    private final String labels;
    private final String series;

    SloRules(Slo slo, Pace pace) {
        this.slo = slo;
        this.pace = pace;
        // The service is in each series anyhow; here it tells promtool's lint that no two rules are the same.
        this.labels = "service_name: " + slo.service() + ", slo: " + slo.name();
        this.series = "{service_name=\"" + slo.service() + "\",slo=\"" + slo.name() + "\"}";
    }

    String groups() {
        StringBuilder text = new StringBuilder();
        group(text, "-hours", pace.quickInterval());
        record(text, "slo:bad:rate5m", slo.indicator().badRate(pace.real("5m")));
        record(text, "slo:requests:rate5m", slo.indicator().totalRate(pace.real("5m")));
        record(text, "slo:requests:rate1h", slo.indicator().totalRate(pace.real("1h")));
        for (String window : FROM_COUNTERS) {
            record(text, ratio(window), slo.indicator().errorRatio(pace.real(window)));
        }
        burnAlert(text, Severity.PAGE);
        absentAlert(text);
        group(text, "-days", pace.slowInterval());
        for (String window : FROM_RECORDS) {
            record(text, ratio(window), sums(pace.real(window)));
        }
        // A series of its own, so that panels need not know the target.
        record(
                text,
                "slo:error_budget:ratio",
                "0 * slo:requests:rate5m" + series + " + " + slo.budget().toPlainString());
        record(
                text,
                "slo:error_budget_remaining:ratio",
                "1 - " + ratio("30d") + series + " / " + slo.budget().toPlainString());
        burnAlert(text, Severity.TICKET);
        return text.toString();
    }

    private void group(StringBuilder text, String suffix, String interval) {
        text.append("  - name: slo-%s-%s%s\n".formatted(slo.service(), slo.name(), suffix));
        text.append("    interval: %s\n    rules:\n".formatted(interval));
    }

    private void record(StringBuilder text, String name, String expression) {
        text.append("      - record: %s\n        labels: {%s}\n".formatted(name, labels));
        expression(text, expression);
    }

    private void burnAlert(StringBuilder text, Severity severity) {
        String burning = severity.burns().stream().map(this::burning).collect(Collectors.joining("\n  or "));
        String floor =
                "and slo:requests:rate1h" + series + " > " + slo.trafficFloor().toPlainString();
        text.append("      - alert: %s\n".formatted(severity.alert()));
        expression(text, "(\n  " + burning + "\n)\n" + floor);
        text.append("        labels: {severity: %s, %s}\n".formatted(severity.label(), labels));
        annotations(text, severity.alert(), summary(slo, severity));
    }

    private String burning(Burn burn) {
        String threshold = series + " > " + slo.threshold(burn).toPlainString();
        return "(" + ratio(burn.longWindow()) + threshold + " and " + ratio(burn.shortWindow()) + threshold + ")";
    }

    private void absentAlert(StringBuilder text) {
        text.append("      - alert: SloAbsent\n");
        expression(
                text,
                "group by (service_name) (absent(" + slo.indicator().total().text() + "))");
        text.append("        for: %s\n".formatted(pace.real("5m")));
        text.append("        labels: {severity: ticket, %s}\n".formatted(labels));
        annotations(text, "SloAbsent", absentSummary(slo));
    }

    static String summary(Slo slo, Severity severity) {
        String left =
                switch (severity) {
                    case PAGE -> "within five days";
                    case TICKET -> "before its 30 days are over";
                };
        return "%s breaks its goal of %s (%s): at this pace its error budget is gone %s"
                .formatted(slo.service(), slo.percent(), slo.displayName(), left);
    }

    static String absentSummary(Slo slo) {
        return "Nothing measures the goal of %s (%s): its series are absent"
                .formatted(slo.service(), slo.displayName());
    }

    private static void annotations(StringBuilder text, String alert, String summary) {
        text.append("        annotations:\n          summary: '%s'\n".formatted(summary));
        text.append("          runbook: docs/runbooks/%s.md\n".formatted(alert));
        text.append("          policy: '%s'\n".formatted(SloFiles.POLICY));
    }

    private static void expression(StringBuilder text, String expression) {
        text.append("        expr: |\n");
        expression
                .lines()
                .forEach(line -> text.append("          ").append(line).append('\n'));
    }

    private String sums(String window) {
        return "sum_over_time(slo:bad:rate5m" + series + "[" + window + "])\n  / (sum_over_time(slo:requests:rate5m"
                + series + "[" + window + "]) > 0)";
    }

    private static String ratio(String window) {
        return "slo:sli_error:ratio_rate" + window;
    }
}
