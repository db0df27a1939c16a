package io.selfheal.demo.twins;

import io.selfheal.demo.measure.Distribution;
import io.selfheal.demo.measure.Ratio;
import io.selfheal.demo.twins.Comparison.Peer;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** A comparison as a table of Markdown. */
final class ComparisonTable {

    private static final String HEAD = """
            | | CPU a request, median | first row to it (95 %) | allocated a request | resident | first 200 after, median / max | CPU until then |
            |---|--:|--:|--:|--:|--:|--:|
            """;

    private ComparisonTable() {}

    static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder("**").append(comparison.title()).append("**\n\n");
        text.append(HEAD);
        text.append(row(comparison.subject(), "1"));
        Optional<Ratio> control = comparison.subject().cpuTo(comparison.control());
        text.append(row(comparison.control(), cell(control)));
        for (Peer peer : comparison.others()) {
            text.append(row(peer.measured(), cell(comparison.subject().cpuTo(peer.measured()))));
        }
        text.append('\n');
        for (Peer peer : comparison.others()) {
            text.append(verdicts(comparison, peer));
        }
        return text.toString();
    }

    /** One line for each goal: reached if the whole interval clears it, and the control is none the wiser. */
    private static String verdicts(Comparison comparison, Peer peer) {
        StringBuilder text = new StringBuilder();
        Measured ours = comparison.subject();
        peer.cpuGoal()
                .flatMap(goal -> ours.cpuTo(peer.measured())
                        .map(ratio -> verdict("CPU a request", peer, ratio, goal, ours.cpuTo(comparison.control()))))
                .ifPresent(text::append);
        peer.startGoal()
                .flatMap(goal -> ours.startTo(peer.measured())
                        .map(ratio -> verdict("time to start", peer, ratio, goal, ours.startTo(comparison.control()))))
                .ifPresent(text::append);
        return text.toString();
    }

    private static String verdict(String what, Peer peer, Ratio ratio, double goal, Optional<Ratio> control) {
        boolean steady = control.filter(Ratio::mayBeOne).isPresent();
        String said = ratio.clears(goal)
                ? steady ? "met" : "met, but the control differs from itself: not counted"
                : "**not met**";
        return "- %s, goal at most %s of %s: %s, %s.\n"
                .formatted(what, number(goal), peer.measured().name(), cell(Optional.of(ratio)), said);
    }

    private static String row(Measured measured, String ratio) {
        return "| %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        measured.name(),
                        measured.cpuMillis()
                                .map(all -> number(all.p50()) + " ms")
                                .orElse("-"),
                        ratio,
                        unit(measured.allocatedKb(), "kB"),
                        unit(measured.residentMegabytes(), "MB"),
                        measured.startSeconds().map(ComparisonTable::seconds).orElse("-"),
                        measured.startCpuSeconds()
                                .map(all -> number(all.p50()) + " s")
                                .orElse("-"));
    }

    private static String seconds(Distribution all) {
        return number(all.p50()) + " / " + number(all.max()) + " s";
    }

    private static String unit(OptionalDouble value, String unit) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.0f %s", value.getAsDouble(), unit) : "-";
    }

    private static String cell(Optional<Ratio> ratio) {
        return ratio.map(it -> "%s (%s to %s)".formatted(number(it.median()), number(it.low()), number(it.high())))
                .orElse("-");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
