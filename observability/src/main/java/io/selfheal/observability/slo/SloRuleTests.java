package io.selfheal.observability.slo;

import io.selfheal.observability.slo.Burn.Severity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** promtool's tests of one SLO's rules. A step is a minute of the SLO's clock. */
final class SloRuleTests {
    private static final BigDecimal TWENTY = new BigDecimal(20);
    private static final int SIX_HOURS = 360;

    private final Slo slo;
    private final Pace pace;
    private final StringBuilder text = new StringBuilder();

    SloRuleTests(Slo slo, Pace pace) {
        this.slo = slo;
        this.pace = pace;
    }

    String tests() {
        well();
        outage();
        steadyBurn();
        burstEnded();
        slowBurn();
        ticket();
        restart();
        absent();
        tooFewRequests();
        return text.toString();
    }

    private void well() {
        test("all is well: the share of errors is 0, not absent", new Traffic(slo).well(70));
        silent(70, "SloBurnPage", "SloBurnTicket", "SloAbsent");
        values();
        value(70, "slo:sli_error:ratio_rate1h", "0");
        value(70, "slo:error_budget_remaining:ratio", "1");
        value(70, "slo:error_budget:ratio", slo.budget().toPlainString());
    }

    private void outage() {
        int detected = SIX_HOURS + minutesOfOutage() + 1;
        test(
                "an outage pages as soon as 2 % of the budget are gone",
                new Traffic(slo).well(SIX_HOURS).outage(30));
        silent(SIX_HOURS, "SloBurnPage");
        fires(detected, Severity.PAGE);
    }

    private void steadyBurn() {
        test("twenty times the budget pages, and its share of errors is right", new Traffic(slo).burning(TWENTY, 70));
        fires(70, Severity.PAGE);
        values();
        value(
                70,
                "slo:sli_error:ratio_rate1h",
                slo.budget().multiply(TWENTY).stripTrailingZeros().toPlainString());
        value(70, "slo:error_budget_remaining:ratio", "-19");
    }

    private void burstEnded() {
        int end = SIX_HOURS + 50;
        test(
                "a burst that is over pages no more, though its hour is still bad",
                new Traffic(slo).well(SIX_HOURS).burning(TWENTY, 50).well(20));
        fires(end, Severity.PAGE);
        silent(end + 8, "SloBurnPage");
        values();
        value(
                end + 8,
                "slo:sli_error:ratio_rate1h > bool "
                        + slo.threshold(Burn.PAGE_FAST).toPlainString(),
                "1");
    }

    private void slowBurn() {
        test(
                "fourteen times the budget pages by its six hours",
                new Traffic(slo).well(SIX_HOURS).burning(new BigDecimal(14), 170));
        silent(SIX_HOURS + 140, "SloBurnPage");
        fires(SIX_HOURS + 160, Severity.PAGE);
    }

    private void ticket() {
        // Three whole days are 12 s of a processor, so only one service goes through them; the windows are the same for
        // all.
        int steps = pace == Pace.REAL && slo.service().equals("order") ? 3 * 1440 : 200;
        test(
                "one and a half times the budget is a ticket and no page",
                new Traffic(slo).burning(new BigDecimal("1.5"), steps));
        fires(steps, Severity.TICKET);
        silent(steps, "SloBurnPage");
    }

    private void restart() {
        test(
                "a process that starts anew takes no errors with it",
                new Traffic(slo).well(30).restart().well(40));
        silent(70, "SloBurnPage", "SloBurnTicket");
        values();
        value(70, "slo:sli_error:ratio_rate1h", "0");
    }

    private void absent() {
        test(
                "series that are gone page nobody and are a ticket of their own",
                new Traffic(slo).well(30).vanish());
        silent(34, "SloAbsent");
        firing(
                60,
                "SloAbsent",
                "service_name: %s, slo: %s, severity: ticket".formatted(slo.service(), slo.name()),
                SloRules.absentSummary(slo));
        silent(60, "SloBurnPage", "SloBurnTicket");
    }

    private void tooFewRequests() {
        BigDecimal half = slo.trafficFloor()
                .multiply(BigDecimal.valueOf(pace.seconds("1m")))
                .divide(BigDecimal.TWO);
        test("below the floor of traffic even all errors keep silent", new Traffic(slo).allBad(half, 70));
        silent(70, "SloBurnPage", "SloBurnTicket");
    }

    /** From a total outage to the page: the fast rung's share of its hour. */
    private int minutesOfOutage() {
        return slo.threshold(Burn.PAGE_FAST)
                .multiply(new BigDecimal(60))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
    }

    private void test(String name, Traffic traffic) {
        text.append("  - name: '%s, %s: %s'\n    interval: %s\n"
                .formatted(slo.service(), slo.name(), name, pace.real("1m")));
        text.append("    input_series:\n").append(traffic.series());
        text.append("    alert_rule_test:\n");
    }

    private void silent(int step, String... alerts) {
        for (String alert : alerts) {
            text.append("      - {alertname: %s, eval_time: %s, exp_alerts: []}\n".formatted(alert, at(step)));
        }
    }

    private void fires(int step, Severity severity) {
        firing(
                step,
                severity.alert(),
                "cluster: selfheal, service_name: %s, slo: %s, severity: %s"
                        .formatted(slo.service(), slo.name(), severity.label()),
                SloRules.summary(slo, severity));
    }

    private void firing(int step, String alert, String labels, String summary) {
        text.append("      - alertname: %s\n        eval_time: %s\n        exp_alerts:\n".formatted(alert, at(step)));
        text.append("          - exp_labels: {%s}\n".formatted(labels));
        text.append("            exp_annotations: {summary: '%s', runbook: docs/runbooks/%s.md, policy: '%s'}\n"
                .formatted(summary, alert, SloFiles.POLICY));
    }

    private void values() {
        text.append("    promql_expr_test:\n");
    }

    /** Whole hundred-thousandths, since promtool compares to the last bit; that takes the name away. */
    private void value(int step, String expression, String expected) {
        text.append("      - {expr: 'round(100000 * (%s))', eval_time: %s, exp_samples: [{labels: '%s', value: %s}]}\n"
                .formatted(
                        expression,
                        at(step),
                        "{cluster=\"selfheal\",service_name=\"%s\",slo=\"%s\"}".formatted(slo.service(), slo.name()),
                        new BigDecimal(expected).movePointRight(5).toBigIntegerExact()));
    }

    private String at(int step) {
        return step * pace.seconds("1m") + "s";
    }
}
