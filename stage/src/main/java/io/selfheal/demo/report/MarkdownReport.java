package io.selfheal.demo.report;

import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.measure.Action;
import io.selfheal.demo.measure.Distribution;
import io.selfheal.demo.measure.Moments;
import io.selfheal.demo.measure.RunResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report for people. */
public final class MarkdownReport {

    private static final List<String> STAGES = List.of("detect", "notify", "decide", "act", "start", "verify");

    private MarkdownReport() {}

    /** The whole report, ending in a newline. */
    public static String of(Session session) {
        StringBuilder text = new StringBuilder("# Selfheal: faults and healing\n\n");
        text.append(headline(session)).append("\n\n");
        session.environment().forEach((name, value) -> text.append("- ")
                .append(name)
                .append(": ")
                .append(value)
                .append('\n'));
        session.skipped().forEach((fault, why) -> text.append("- not run: ")
                .append(fault)
                .append(" (")
                .append(why)
                .append(")\n"));
        text.append("\n## By fault\n\n").append(byFault(session)).append("\n## Where the time goes\n\n");
        text.append(
                        "Median / 95th percentile in seconds. detect: fault to alert (or to the healer's own probe); notify: alert to healer; ")
                .append(
                        "decide, act: the healer; start: action to well, as users see it; verify: well to incident closed.\n\n");
        text.append(budget(session)).append("\n## Runs\n\n").append(runs(session));
        text.append(
                        "\nHealed is what an outside prober, the users and ECS saw, not what the healer believes: every task answers in time, ")
                .append(
                        "no request fails, every service has the tasks it wants, over a stable window; the time given is the window's start. ")
                .append(
                        "A false restart is any action in a control or crash run, on another task than the faulted one, a second one, or one before the run when nothing was broken. ")
                .append("ECS by itself replaces what exits, and what has not been alive for two and a half minutes.\n");
        return text.toString();
    }

    private static String headline(Session session) {
        long expected = session.runs().stream().filter(RunResult::asExpected).count();
        return "%s: %d of %d runs ended as expected, healer %s, %s."
                .formatted(
                        session.asExpected() ? "**As expected**" : "**Not as expected**",
                        expected,
                        session.runs().size(),
                        session.healerOn() ? "on" : "off",
                        session.startedAt());
    }

    private static String byFault(Session session) {
        StringBuilder text = new StringBuilder(
                "| fault | n | as expected | false restarts | healed p50 | p95 | max |\n|---|--:|--:|--:|--:|--:|--:|\n");
        for (Summary summary : Summary.of(session.runs())) {
            text.append("| %s | %d | %d | %d (%.0f %%) | %s | %s | %s |\n"
                    .formatted(
                            summary.fault().id(),
                            summary.runs(),
                            summary.asExpected(),
                            summary.falseRestarts(),
                            100 * summary.falseRestartShare(),
                            seconds(summary.mttr().map(Distribution::p50)),
                            seconds(summary.mttr().map(Distribution::p95)),
                            seconds(summary.mttr().map(Distribution::max))));
        }
        return text.toString();
    }

    private static String budget(Session session) {
        StringBuilder text = new StringBuilder(
                "| fault | " + String.join(" | ", STAGES) + " |\n|---|" + "--:|".repeat(STAGES.size()) + "\n");
        for (Summary summary : Summary.of(session.runs())) {
            String cells = STAGES.stream()
                    .map(stage -> Optional.ofNullable(summary.budget().get(stage))
                            .map(figures -> number(figures.p50()) + " / " + number(figures.p95()))
                            .orElse("-"))
                    .collect(Collectors.joining(" | "));
            text.append("| ")
                    .append(summary.fault().id())
                    .append(" | ")
                    .append(cells)
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String runs(Session session) {
        StringBuilder text = new StringBuilder(
                "| # | fault | task | expected | outcome | injected | healed after | requests (failed) | actions | remarks |\n|--:|---|---|---|---|---|--:|--:|---|---|\n");
        for (RunResult run : session.runs()) {
            Moments moments = run.moments();
            text.append("| %d | %s | %s %s | %s | %s%s | %s | %s | %d (%d) | %s | %s |\n"
                    .formatted(
                            run.plan().number(),
                            run.plan().fault().id(),
                            run.plan().service(),
                            run.task().map(Task::shortId).orElse(""),
                            run.expected().id(),
                            run.verdict().outcome().id(),
                            run.verdict().falseRestart() ? ", **false restart**" : "",
                            moments.injectedAt(),
                            seconds(moments.mttrSeconds()),
                            run.requests(),
                            run.failedRequests(),
                            run.actions().stream().map(MarkdownReport::action).collect(Collectors.joining("; ")),
                            String.join("; ", run.remarks())));
        }
        return text.toString();
    }

    private static String action(Action action) {
        return action.kind() + " " + Task.shortId(action.target()) + ": " + action.result();
    }

    private static String seconds(Optional<Double> value) {
        return value.map(seconds -> number(seconds) + " s").orElse("-");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 1 ? "%.2f" : "%.1f", value);
    }
}
