package io.selfheal.healer.decide;

import io.selfheal.healer.evidence.Calls;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.LogLine;
import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.evidence.Stop;
import io.selfheal.healer.evidence.Trace;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The evidence that an action goes by, in words for the history. What is not known is not mentioned. */
final class Grounds {
    /** Different ones; what repeats is one. */
    private static final int MOST_LINES = 3;

    private final Diagnosis diagnosis;
    private final Evidence evidence;
    private final List<String> words = new ArrayList<>();

    private Grounds(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
        this.evidence = diagnosis.situation().evidence();
    }

    /** Empty when nothing is known. */
    static List<String> of(Diagnosis diagnosis, Optional<TaskId> victim) {
        Grounds grounds = new Grounds(diagnosis);
        victim.ifPresent(grounds::vitals);
        grounds.calls();
        grounds.release();
        grounds.stop();
        grounds.trace(victim);
        grounds.logs(victim);
        return grounds.words;
    }

    private void vitals(TaskId victim) {
        diagnosis
                .vitals(victim)
                .ifPresent(vitals -> words.add(String.format(
                        Locale.ROOT,
                        "it serves %.1f requests a second, %.0f %% of them with errors of its own, %.0f %% slowly",
                        vitals.requestsPerSecond(),
                        vitals.errorShare() * 100,
                        vitals.slowShare() * 100)));
    }

    private void calls() {
        if (evidence.calls() instanceof Fact.Known<Map<String, Calls>>(Map<String, Calls> calls, Instant _)) {
            calls.entrySet().stream()
                    .filter(entry -> entry.getValue().failing())
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> words.add(String.format(
                            Locale.ROOT,
                            "%.0f %% of its calls to %s fail",
                            entry.getValue().failedShare() * 100,
                            entry.getKey())));
        }
    }

    private void release() {
        if (evidence.releases() instanceof Fact.Known<List<Release>>(List<Release> releases, Instant _)) {
            releases.stream()
                    .findFirst()
                    .ifPresent(release -> words.add(release.revision() + " was released at " + release.startedAt()));
        }
    }

    private void stop() {
        if (evidence.stops() instanceof Fact.Known<List<Stop>>(List<Stop> stops, Instant _)) {
            stops.stream()
                    .findFirst()
                    .ifPresent(stop -> words.add("the last task to stop was "
                            + stop.task().shortName() + " at " + stop.at() + ": " + stop.code()
                            + stop.exitCode().map(code -> ", exit code " + code).orElse("")));
        }
    }

    /** What the victim wrote; of no victim, what any task did. Lines that name no task may be anybody's. */
    private void logs(Optional<TaskId> victim) {
        List<LogLine> lines = lines(victim);
        if (!lines.isEmpty()) {
            words.add("it logged: "
                    + lines.stream()
                            .map(LogLine::text)
                            .distinct()
                            .limit(MOST_LINES)
                            .collect(Collectors.joining(" | ")));
        }
    }

    private List<LogLine> lines(Optional<TaskId> victim) {
        return evidence.logs() instanceof Fact.Known<List<LogLine>>(List<LogLine> lines, Instant _)
                ? lines.stream()
                        .filter(line -> victim.isEmpty()
                                || line.task().isEmpty()
                                || line.task().equals(victim))
                        .toList()
                : List.of();
    }

    private void trace(Optional<TaskId> victim) {
        Optional<String> measured = traces(victim)
                .min(Trace.WORST_FIRST)
                .map(trace -> trace.mention() + " of a request that "
                        + (trace.failed() ? "failed after " : "took ")
                        + trace.took().toMillis() + " ms");
        measured.or(() -> lines(victim).stream()
                        .flatMap(line -> line.trace().stream())
                        .findFirst()
                        .map(id -> "trace " + id + " of a line that it logged"))
                .ifPresent(words::add);
    }

    private Stream<Trace> traces(Optional<TaskId> victim) {
        return evidence.traces() instanceof Fact.Known<Map<TaskId, Trace>>(Map<TaskId, Trace> traces, Instant _)
                ? traces.entrySet().stream()
                        .filter(entry -> victim.isEmpty() || victim.get().equals(entry.getKey()))
                        .map(Map.Entry::getValue)
                : Stream.empty();
    }
}
