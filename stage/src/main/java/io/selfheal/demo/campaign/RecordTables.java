package io.selfheal.demo.campaign;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.measure.Distribution;
import io.selfheal.demo.measure.Share;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The record as Markdown. */
public final class RecordTables {

    private static final String HEAD = """
            | fault | n | as expected | healed | harmed | escalated | false restarts | detect p50 / p95 / max | act | repair | failed of all requests |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private static final double PERCENT = 100;

    private RecordTables() {}

    /** All arms side by side, then a table for each, with what can be said of it as a whole; ends in a newline. */
    public static String of(List<RunLine> lines) {
        List<Tally> tallies = Tally.of(lines);
        StringBuilder text = new StringBuilder(beside(tallies));
        for (Arm arm : Arm.values()) {
            List<Tally> its =
                    tallies.stream().filter(tally -> tally.arm() == arm).toList();
            if (!its.isEmpty()) {
                text.append("**")
                        .append(arm.title())
                        .append("**: ")
                        .append(sentence(its))
                        .append("\n\n")
                        .append(HEAD);
                its.forEach(tally -> text.append(row(tally)));
                text.append('\n');
            }
        }
        return text.append(load(lines)).toString();
    }

    private static String beside(List<Tally> tallies) {
        List<Arm> arms = tallies.stream().map(Tally::arm).distinct().toList();
        if (arms.size() < 2) {
            return "";
        }
        StringBuilder text = new StringBuilder("| fault |");
        arms.forEach(arm -> text.append(' ').append(arm.title()).append(" |"));
        text.append("\n|---|").append("---|".repeat(arms.size())).append('\n');
        for (Fault fault : Fault.values()) {
            List<Tally> its =
                    tallies.stream().filter(tally -> tally.fault() == fault).toList();
            if (!its.isEmpty()) {
                text.append("| ").append(fault.id()).append(" |");
                arms.forEach(arm -> text.append(its.stream()
                        .filter(tally -> tally.arm() == arm)
                        .map(tally -> " " + outcome(tally) + " |")
                        .findFirst()
                        .orElse(" - |")));
                text.append('\n');
            }
        }
        return text.append('\n').toString();
    }

    /** What matters of it to somebody who reads one line. */
    private static String outcome(Tally tally) {
        return switch (tally.fault().kind()) {
            case GRAY, OVERLOAD, RELEASE, STORM, CRASH ->
                "%d of %d healed".formatted(tally.healed(), tally.runs())
                        + tally.repair()
                                .map(it -> ", p50 " + number(it.p50()) + " s")
                                .orElse("");
            case SHARED -> "%d of %d: a person called".formatted(tally.escalated(), tally.runs());
            case CONTROL -> "%d of %d left alone".formatted(tally.runs() - tally.harmed(), tally.runs());
        };
    }

    /** Of faults that can be healed, and of everything that could be harmed. */
    private static String sentence(List<Tally> tallies) {
        int runs = tallies.stream().mapToInt(Tally::runs).sum();
        Share harmed = new Share(tallies.stream().mapToInt(Tally::harmed).sum(), runs);
        List<Tally> faults =
                tallies.stream().filter(tally -> heals(tally.fault())).toList();
        String safe = "%d of %d harmed (the true share is below %s at 95 %%, %s)"
                .formatted(
                        harmed.of(),
                        harmed.all(),
                        percent(harmed.bound()),
                        harmed.of() == 0 ? "rule of three" : "Wilson");
        if (faults.isEmpty()) {
            return safe + ".";
        }
        Share healed = new Share(
                faults.stream().mapToInt(Tally::healed).sum(),
                faults.stream().mapToInt(Tally::runs).sum());
        return "of the faults that can be healed %d of %d were (%s to %s at 95 %%, Wilson); %s."
                .formatted(healed.of(), healed.all(), percent(healed.low()), percent(healed.high()), safe);
    }

    private static boolean heals(Fault fault) {
        return switch (fault.kind()) {
            case GRAY, OVERLOAD, RELEASE, STORM, CRASH -> true;
            case SHARED, CONTROL -> false;
        };
    }

    private static String row(Tally tally) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %s | %d | %d | %d | %s | %s | %s | %,d of %,d |\n",
                tally.fault().id(),
                tally.runs(),
                tally.asExpected(),
                heals(tally.fault()) ? String.valueOf(tally.healed()) : "-",
                tally.harmed(),
                tally.escalated(),
                tally.falseRestarts(),
                seconds(tally.detect()),
                seconds(tally.act()),
                seconds(tally.repair()),
                tally.failed(),
                tally.requests());
    }

    private static String seconds(Optional<Distribution> all) {
        return all.map(it -> number(it.p50()) + " / " + number(it.p95()) + " / " + number(it.max()) + " s")
                .orElse("-");
    }

    private static String load(List<RunLine> lines) {
        return Distribution.of(lines.stream().map(RunLine::load).toList())
                .map(it -> "Load average at the end of a run: p50 %s, p95 %s, max %s.\n"
                        .formatted(number(it.p50()), number(it.p95()), number(it.max())))
                .orElse("Nothing has been run yet.\n");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", PERCENT * share);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 1 ? "%.2f" : "%.1f", value);
    }
}
