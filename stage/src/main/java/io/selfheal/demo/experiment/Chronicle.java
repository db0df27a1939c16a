package io.selfheal.demo.experiment;

import io.selfheal.demo.fleet.StoppedTask;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.load.Request;
import io.selfheal.demo.measure.Sample;
import io.selfheal.demo.watch.FiringAlert;
import io.selfheal.demo.watch.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Turns what is seen, look after look, into beats; each is told once. */
final class Chronicle {

    private final Set<String> told = new HashSet<>();
    private final Duration stable;

    Chronicle(Duration stable) {
        this.stable = stable;
    }

    /** What is new since the last look, in the order in which it happened. */
    List<Beat> news(Sight sight) {
        List<Beat> beats = new ArrayList<>();
        sight.failed().stream()
                .findFirst()
                .ifPresent(
                        request -> tell(beats, "failure", request.endedAt(), Beat.Kind.USERS, firstFailure(request)));
        sight.samples().stream()
                .filter(sample -> !sample.well())
                .findFirst()
                .ifPresent(sample -> tell(beats, "sick", sample.at(), Beat.Kind.USERS, firstSick(sample)));
        sight.alerts().forEach(alert -> tell(beats, "alert" + alert, alert.startsAt(), Beat.Kind.ALERT, alert(alert)));
        sight.stopped().forEach(task -> tell(beats, "stopped" + task.arn(), sight.now(), Beat.Kind.ECS, stopped(task)));
        for (Incident incident : sight.incidents()) {
            int line = 0;
            boolean acted = false;
            for (Incident.Entry entry : incident.timeline()) {
                // What a task's end stirs up is not news any more.
                boolean echo = acted && entry.event().equals("SIGNAL");
                acted |= entry.event().equals("ACT");
                tell(
                        beats,
                        incident.id() + "#" + line++,
                        entry.at(),
                        HealerWords.kind(entry),
                        echo ? "" : HealerWords.of(incident, entry));
            }
        }
        sight.healedAt(stable)
                .ifPresent(at -> tell(beats, "healed", at.plus(stable), Beat.Kind.USERS, healed(sight, at)));
        beats.sort(Comparator.comparing(Beat::at));
        return beats;
    }

    private void tell(List<Beat> beats, String key, Instant at, Beat.Kind kind, String text) {
        if (told.add(key) && !text.isEmpty()) {
            beats.add(new Beat(at, kind, text));
        }
    }

    private static String healed(Sight sight, Instant at) {
        return String.format(
                Locale.ROOT,
                "well again since %.2f s: every task answers in time, no request fails, the fleet is whole",
                Duration.between(sight.injectedAt(), at).toMillis() / 1000.0);
    }

    private static String firstFailure(Request request) {
        return "the first request of a user fails: " + request.service() + ", " + request.failure();
    }

    private static String firstSick(Sample sample) {
        return "seen from outside: " + sample.why();
    }

    private static String alert(FiringAlert alert) {
        return alert.name() + " fires for " + alert.whom();
    }

    private static String stopped(StoppedTask task) {
        return "ECS ends " + task.service() + " " + Task.shortId(task.arn()) + ": " + task.stopCode()
                + (task.stoppedReason().isEmpty() ? "" : ", " + task.stoppedReason());
    }
}
