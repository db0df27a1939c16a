package io.selfheal.healer.decide;

import io.selfheal.healer.evidence.Calls;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.evidence.Stop;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The evidence that an action goes by, in words for the history. What is not known is not mentioned. */
final class Grounds {
    /** One line of a log tells the kind of error; more belongs into the log. */
    private static final int LONGEST_LINE = 200;

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
        grounds.error();
        grounds.trace();
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

    private void error() {
        if (evidence.errors() instanceof Fact.Known<List<String>>(List<String> errors, Instant _)) {
            errors.stream()
                    .findFirst()
                    .ifPresent(line -> words.add("it logged: "
                            + (line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)));
        }
    }

    private void trace() {
        if (evidence.trace() instanceof Fact.Known<Optional<String>>(Optional<String> trace, Instant _)) {
            trace.ifPresent(id -> words.add("trace " + id));
        }
    }
}
