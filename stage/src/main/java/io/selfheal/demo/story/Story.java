package io.selfheal.demo.story;

import io.selfheal.demo.experiment.Audience;
import io.selfheal.demo.experiment.Beat;
import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.PlannedRun;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.measure.RunResult;
import io.selfheal.demo.story.Terminal.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Tells runs as a timeline; times are seconds since the fault was injected. */
public final class Story implements Audience {

    /** Where no line moves, a sign of life this often. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Terminal terminal;
    private final int runs;
    private Optional<Instant> injectedAt = Optional.empty();
    private Instant waitingSince = Instant.EPOCH;

    public Story(Terminal terminal, int runs) {
        this.terminal = terminal;
        this.runs = runs;
    }

    @Override
    public void opens(PlannedRun plan, Optional<String> task, Instant at) {
        injectedAt = Optional.of(at);
        Fault fault = plan.fault();
        String where = task.map(arn -> plan.service() + ", task " + Task.shortId(arn))
                .orElse(fault.ofTheWholeShop() ? "the whole shop" : "every task of " + plan.service());
        terminal.line("");
        terminal.line(
                terminal.paint(Tone.STRONG, "%d/%d  %s".formatted(plan.number(), runs, fault.id())) + "  " + where);
        terminal.line(terminal.paint(Tone.DIM, "     " + fault.sentence()));
        sees(new Beat(at, Beat.Kind.FAULT, fault.kind() == Fault.Kind.CONTROL ? "begins" : "injected"));
    }

    @Override
    public void sees(Beat beat) {
        terminal.line("  %s  %s  %s"
                .formatted(
                        terminal.paint(Tone.DIM, "%8s".formatted(since(beat.at()))),
                        terminal.paint(tone(beat.kind()), "%-9s".formatted(word(beat.kind()))),
                        beat.text()));
    }

    @Override
    public void waits(Instant now, String what) {
        if (injectedAt.isEmpty()
                && terminal.still()
                && waitingSince.plus(PATIENCE).isBefore(now)) {
            terminal.line(what);
            waitingSince = now;
        }
        terminal.progress(injectedAt.isPresent() ? since(now) + "  " + what : what);
    }

    @Override
    public void closes(RunResult result) {
        injectedAt = Optional.empty();
        waitingSince = result.moments().injectedAt();
        String requests = "%d requests, %d failed".formatted(result.requests(), result.failedRequests());
        String after = result.moments()
                .mttrSeconds()
                .map(seconds -> String.format(Locale.ROOT, " after %.1f s", seconds))
                .orElse("");
        String verdict = result.asExpected()
                ? terminal.paint(Tone.GOOD, "✔ " + words(result) + after)
                : terminal.paint(
                        Tone.BAD,
                        "✘ " + words(result) + after + ", expected: "
                                + result.expected().id());
        terminal.line("  " + verdict + terminal.paint(Tone.DIM, "  · " + requests));
        result.remarks().forEach(remark -> terminal.line(terminal.paint(Tone.WARN, "    " + remark)));
    }

    private static String words(RunResult result) {
        String outcome =
                switch (result.verdict().outcome()) {
                    case HEALED -> "healed";
                    case UNTOUCHED ->
                        switch (result.plan().fault().kind()) {
                            case GRAY, SHARED, OVERLOAD, STORM, RELEASE -> "still sick, and nobody acted";
                            case CRASH -> "ECS replaced it, the healer stayed out";
                            case CONTROL -> "nobody acted";
                        };
                    case ESCALATED -> "a person was called";
                    case TOUCHED -> "somebody acted where nobody should";
                    case RECOVERED -> "went away by itself";
                    case NOTICED -> "healed, and users noticed";
                    case NOT_HEALED -> "not healed";
                    case NO_SYMPTOM -> "no symptom was seen";
                };
        return result.verdict().falseRestart() ? outcome + ", with a false restart" : outcome;
    }

    private String since(Instant at) {
        return injectedAt
                .map(start -> String.format(
                        Locale.ROOT, "%.2f s", Duration.between(start, at).toMillis() / 1000.0))
                .orElse("");
    }

    private static String word(Beat.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Tone tone(Beat.Kind kind) {
        return switch (kind) {
            case FAULT -> Tone.BAD;
            case USERS, ECS -> Tone.STRONG;
            case ALARM, ALERT -> Tone.WARN;
            case SNS, DIAGNOSIS, ACTION -> Tone.INFO;
            case WAIT -> Tone.DIM;
            case VERIFIED -> Tone.GOOD;
        };
    }
}
