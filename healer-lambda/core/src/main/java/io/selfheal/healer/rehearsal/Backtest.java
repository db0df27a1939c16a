package io.selfheal.healer.rehearsal;

import io.selfheal.healer.policy.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Replays a recorded history through one policy file or two, and says in text what came of it. The same input gives the same text. */
public final class Backtest {
    private static final int MAX_SHOWN = 20;

    private final List<RecordedSignal> signals;
    private final int tasks;

    /**
     * A test on the signals given.
     *
     * @param signals at least one, in the order of their times
     * @param tasks that each service of the modelled world wants
     */
    public Backtest(List<RecordedSignal> signals, int tasks) {
        if (signals.isEmpty()) {
            throw new IllegalArgumentException("signals: expected at least one");
        }
        if (tasks < 1) {
            throw new IllegalArgumentException("tasks: expected 1 or more, was " + tasks);
        }
        this.signals = List.copyOf(signals);
        this.tasks = tasks;
    }

    public String of(Policies policies) {
        Replayed one = Replay.of(signals, policies, tasks);
        StringBuilder text = head().append("policy ").append(one.policy()).append("\n\n");
        line(text, "incidents", "" + one.courses().size());
        one.states().forEach((state, count) -> line(text, "  " + state, "" + count));
        line(text, "signals without effect", "" + one.mootSignals());
        line(text, "decisions", "");
        one.decisions().forEach((decision, count) -> line(text, "  " + decision, "" + count));
        return text.toString();
    }

    public String of(Policies a, Policies b) {
        // Neither knows of the other, so they may take turns or not.
        List<Replayed> both = Stream.of(a, b)
                .parallel()
                .map(policies -> Replay.of(signals, policies, tasks))
                .toList();
        Replayed first = both.getFirst();
        Replayed second = both.getLast();
        StringBuilder text = head().append("A: policy ")
                .append(first.policy())
                .append("\nB: policy ")
                .append(second.policy())
                .append("\n\n");
        row(text, "", "A", "B", "B - A");
        row(text, "incidents", first.courses().size(), second.courses().size());
        rows(text, first.states(), second.states());
        row(text, "signals without effect", first.mootSignals(), second.mootSignals());
        text.append("decisions\n");
        rows(text, first.decisions(), second.decisions());
        return differences(text, first, second).toString();
    }

    private StringBuilder head() {
        long services =
                signals.stream().map(one -> one.signal().service()).distinct().count();
        return new StringBuilder()
                .append(signals.size() + " signals of " + services + " services, "
                        + signals.getFirst().at() + " to " + signals.getLast().at() + "\n")
                .append("on a modelled world: each service wants " + tasks
                        + " tasks, a task is sick while an alert names it, " + "every action helps\n");
    }

    private static void line(StringBuilder text, String what, String count) {
        text.append("%-52s %8s".formatted(what, count).stripTrailing()).append('\n');
    }

    private static void rows(StringBuilder text, Map<String, Integer> a, Map<String, Integer> b) {
        Set<String> all = new TreeSet<>(a.keySet());
        all.addAll(b.keySet());
        all.forEach(one -> row(text, "  " + one, a.getOrDefault(one, 0), b.getOrDefault(one, 0)));
    }

    private static void row(StringBuilder text, String what, int a, int b) {
        row(text, what, "" + a, "" + b, a == b ? "" : "%+d".formatted(b - a));
    }

    private static void row(StringBuilder text, String what, String a, String b, String difference) {
        text.append("%-52s %8s %8s %8s".formatted(what, a, b, difference).stripTrailing())
                .append('\n');
    }

    private record Difference(String incident, Optional<Course> a, Optional<Course> b) {}

    private static StringBuilder differences(StringBuilder text, Replayed a, Replayed b) {
        List<Difference> different = new ArrayList<>();
        a.courses().forEach((key, course) -> {
            Optional<Course> other = Optional.ofNullable(b.courses().get(key));
            if (other.filter(course::decidedLike).isEmpty()) {
                different.add(new Difference(key, Optional.of(course), other));
            }
        });
        b.courses().forEach((key, course) -> {
            if (!a.courses().containsKey(key)) {
                different.add(new Difference(key, Optional.empty(), Optional.of(course)));
            }
        });
        text.append("\nincidents decided differently: ")
                .append(different.size())
                .append('\n');
        different.stream().limit(MAX_SHOWN).forEach(one -> text.append("  " + one.incident() + "\n")
                .append("    A: " + one.a().map(Course::toString).orElse("no incident of its own") + "\n")
                .append("    B: " + one.b().map(Course::toString).orElse("no incident of its own") + "\n"));
        if (different.size() > MAX_SHOWN) {
            text.append("  and " + (different.size() - MAX_SHOWN) + " more\n");
        }
        return text;
    }
}
