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
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part {@code evidence} of a facts file. Each part of it is under the word that policies have for it; what is left out is
 * unknown, and {@code missing} says why.
 */
final class WrittenEvidence {
    static final Set<String> KNOWN = Stream.concat(Arrays.stream(Part.values()).map(Part::word), Stream.of("missing"))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> PARTS =
            Arrays.stream(Part.values()).map(Part::word).collect(Collectors.toUnmodifiableSet());
    private static final double ANY = 1_000_000;
    private static final double PERCENT = 100;
    private static final int LONGEST_MILLIS = 3_600_000;

    private final Fields file;
    private final Instant now;

    private WrittenEvidence(Fields file, Instant now) {
        this.file = file;
        this.now = now;
    }

    static Evidence read(Fields file, Instant now) {
        WrittenEvidence written = new WrittenEvidence(file, now);
        return new Evidence(
                written.fact(Part.VITALS, written::vitals),
                written.fact(Part.CALLS, written::calls),
                written.fact(Part.RETRIES, field -> file.number(field, PERCENT) / PERCENT),
                written.fact(Part.RELEASES, written::releases),
                written.fact(Part.STOPS, written::stops),
                written.fact(Part.LOGS, written::logs),
                written.fact(Part.TRACE, written::traces));
    }

    private <T> Fact<T> fact(Part part, Function<String, T> reading) {
        String field = part.word();
        Optional<String> missing = file.object("missing", PARTS).flatMap(why -> why.textIfThere(field));
        if (missing.isPresent() && file.has(field)) {
            throw new IllegalArgumentException(field + ": is written down, and as missing, too");
        }
        return file.has(field)
                ? new Fact.Known<>(reading.apply(field), now)
                : new Fact.Unknown<>(missing.orElse("not written down"));
    }

    private Map<TaskId, Vitals> vitals(String field) {
        Map<TaskId, Vitals> vitals = new HashMap<>();
        file.objects(field, Set.of("task", "requestsPerSecond", "errorPercent", "slowPercent"))
                .forEach(one -> vitals.put(
                        new TaskId(one.text("task")),
                        new Vitals(
                                one.number("requestsPerSecond", ANY),
                                percent(one, "errorPercent"),
                                percent(one, "slowPercent"))));
        return vitals;
    }

    private Map<String, Calls> calls(String field) {
        Map<String, Calls> calls = new HashMap<>();
        file.objects(field, Set.of("to", "perSecond", "failedPercent"))
                .forEach(one -> calls.put(
                        one.text("to"), new Calls(one.number("perSecond", ANY), percent(one, "failedPercent"))));
        return calls;
    }

    private List<Release> releases(String field) {
        return file.objects(field, Set.of("revision", "startedAt", "status")).stream()
                .map(one -> new Release(
                        one.text("revision"),
                        one.time("startedAt"),
                        one.parsed("status", WrittenEvidence::status).orElse(Release.Status.COMPLETED)))
                .sorted((one, other) -> other.startedAt().compareTo(one.startedAt()))
                .toList();
    }

    private static Release.Status status(String word) {
        return Arrays.stream(Release.Status.values())
                .filter(status -> status.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected one of " + Arrays.toString(Release.Status.values()) + ", was '" + word + "'"));
    }

    private List<Stop> stops(String field) {
        return file.objects(field, Set.of("task", "revision", "code", "reason", "exitCode", "at")).stream()
                .map(one -> new Stop(
                        new TaskId(one.text("task")),
                        one.textIfThere("revision").orElse("unnamed"),
                        one.textIfThere("code").orElse("EssentialContainerExited"),
                        one.textIfThere("reason").orElse("as written down"),
                        one.numberIfThere("exitCode", 0, 255),
                        one.timeIfThere("at").orElse(now)))
                .toList();
    }

    private List<LogLine> logs(String field) {
        return file.objects(field, Set.of("task", "at", "line")).stream()
                .flatMap(
                        one -> LogLine.of(
                                one.parsed("task", TaskId::new),
                                one.timeIfThere("at").orElse(now),
                                one.text("line"))
                                .stream())
                .toList();
    }

    private Map<TaskId, Trace> traces(String field) {
        Map<TaskId, Trace> traces = new HashMap<>();
        file.objects(field, Set.of("task", "id", "failed", "tookMillis", "at"))
                .forEach(one -> traces.put(
                        new TaskId(one.text("task")),
                        new Trace(
                                one.text("id"),
                                one.flag("failed"),
                                Duration.ofMillis(one.numberIfThere("tookMillis", 0, LONGEST_MILLIS)
                                        .orElse(0)),
                                one.timeIfThere("at").orElse(now))));
        return traces;
    }

    private static double percent(Fields one, String field) {
        return one.has(field) ? one.number(field, PERCENT) / PERCENT : 0;
    }
}
