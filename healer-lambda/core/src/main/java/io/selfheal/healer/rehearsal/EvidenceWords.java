package io.selfheal.healer.rehearsal;

import io.selfheal.healer.evidence.Calls;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Evidence.Part;
import io.selfheal.healer.evidence.LogLine;
import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.evidence.Stop;
import io.selfheal.healer.evidence.Trace;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Evidence for a person to read: a line for each part, known or not. */
final class EvidenceWords {

    private EvidenceWords() {}

    static Map<Part, String> of(Evidence evidence) {
        Map<Part, String> words = new TreeMap<>();
        words.put(Part.VITALS, words(evidence.vitals(), EvidenceWords::vitals));
        words.put(Part.CALLS, words(evidence.calls(), EvidenceWords::calls));
        words.put(
                Part.RETRIES,
                words(evidence.retryShare(), share -> percent(share) + " of the calls to it are repeats"));
        words.put(Part.RELEASES, words(evidence.releases(), EvidenceWords::releases));
        words.put(Part.STOPS, words(evidence.stops(), EvidenceWords::stops));
        words.put(Part.LOGS, words(evidence.logs(), EvidenceWords::logs));
        words.put(Part.TRACE, words(evidence.traces(), EvidenceWords::traces));
        return words;
    }

    private static <T> String words(Fact<T> fact, Function<T, String> words) {
        return switch (fact) {
            case Fact.Unknown<T>(String why) -> "UNKNOWN: " + why;
            case Fact.Known<T>(T value, Instant _) -> {
                String text = words.apply(value);
                yield text.isEmpty() ? "none" : text;
            }
        };
    }

    private static String vitals(Map<TaskId, Vitals> vitals) {
        return byTask(
                vitals,
                one -> String.format(
                        Locale.ROOT,
                        "%.1f requests a second, %s errors, %s slow",
                        one.requestsPerSecond(),
                        percent(one.errorShare()),
                        percent(one.slowShare())));
    }

    private static String calls(Map<String, Calls> calls) {
        return new TreeMap<>(calls)
                .entrySet().stream()
                        .map(entry -> String.format(
                                Locale.ROOT,
                                "%s: %.1f a second, %s fail",
                                entry.getKey(),
                                entry.getValue().perSecond(),
                                percent(entry.getValue().failedShare())))
                        .collect(Collectors.joining("; "));
    }

    private static String releases(List<Release> releases) {
        return releases.stream()
                .map(release -> release.revision() + " since " + release.startedAt() + ", "
                        + release.status().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("; "));
    }

    private static String stops(List<Stop> stops) {
        return stops.stream()
                .map(stop -> stop.task().shortName() + " at " + stop.at() + ": " + stop.code()
                        + stop.exitCode().map(code -> ", exit code " + code).orElse(""))
                .collect(Collectors.joining("; "));
    }

    private static String logs(List<LogLine> lines) {
        return lines.stream()
                .map(line -> line.task().map(task -> task.shortName() + ": ").orElse("") + line.text())
                .collect(Collectors.joining(" | "));
    }

    private static String traces(Map<TaskId, Trace> traces) {
        return byTask(
                traces,
                trace -> trace.id() + (trace.failed() ? " failed after " : " took ")
                        + trace.took().toMillis() + " ms");
    }

    private static <T> String byTask(Map<TaskId, T> values, Function<T, String> words) {
        Map<String, T> sorted = new TreeMap<>();
        values.forEach((task, value) -> sorted.put(task.shortName(), value));
        return sorted.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + words.apply(entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
