package io.selfheal.healer.simulation;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState.Acting;
import io.selfheal.healer.incident.Measure;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What is temporary: noted by the claim of it, or when it took effect after the claim was lost, and by nothing else; standing
 * until the fleet has answered to its undoing, and never two that get in each other's way.
 */
final class Temporary {
    /** In good weather: the verification of what was done last, a rung or two more, an answer that was lost before. */
    private static final Duration LATE = Duration.ofMinutes(3);

    /** ECS carries an order out within seconds or never; the oracle's own word for it. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(15);

    private record Answer(Outcome outcome, Instant at) {
        static final Answer NONE = new Answer(new Outcome.Failed("never asked"), Instant.MIN);
    }

    private final Map<String, Answer> answers = new HashMap<>();
    private final Map<String, Action> lost = new HashMap<>();
    /** Noted too late, so that another may have begun meanwhile. */
    private final Set<Action> late = new HashSet<>();

    void answered(String key, Outcome outcome, Instant at) {
        answers.put(key, new Answer(outcome, at));
    }

    /** Tasks that are kept out of the load balancer. */
    static Set<TaskId> aside(Optional<Incident> incident) {
        Set<TaskId> aside = new HashSet<>();
        for (Measure measure : incident.map(Incident::measures).orElse(List.of())) {
            if (measure.undo() instanceof Action.Retire retire && retire.aside()) {
                aside.add(retire.task());
            }
        }
        return aside;
    }

    void saved(Optional<Incident> before, Change change, Incident saved) {
        if (change.entries().stream().anyMatch(entry -> entry.reason() == Reason.LEASE_EXPIRED)
                && before.isPresent()
                && before.get().state() instanceof Acting(Action action, int attempt, Instant _)) {
            lost.put(before.get().id() + "-" + attempt, action);
        }
        List<Measure> earlier = before.map(Incident::measures).orElse(List.of());
        if (saved.state().over() && !saved.measures().isEmpty()) {
            throw new Broken("no story ends before what is temporary is undone", saved.id() + " " + saved.measures());
        }
        if (earlier.equals(saved.measures())) {
            return;
        }
        List<Measure> added = without(saved.measures(), earlier);
        List<Measure> gone = without(earlier, saved.measures());
        boolean right = added.isEmpty()
                ? ended(before, gone)
                : begun(before, saved, added, gone)
                        || later(before, added, gone)
                        || unanswered(before, saved, added, gone)
                        || tooLate(added, gone);
        if (!right) {
            throw new Broken(
                    "what is temporary stands until it is undone",
                    saved.id() + " " + earlier + " -> " + saved.measures());
        }
        oneAtATime(saved);
    }

    private static List<Measure> without(List<Measure> all, List<Measure> some) {
        List<Measure> left = new ArrayList<>(all);
        some.forEach(left::remove);
        return left;
    }

    private static boolean begun(Optional<Incident> before, Incident saved, List<Measure> added, List<Measure> gone) {
        boolean claimed = saved.attempts() > before.map(Incident::attempts).orElse(0);
        return claimed
                && gone.isEmpty()
                && added.size() == 1
                && saved.state() instanceof Acting acting
                && acting.action()
                        .undo()
                        .filter(undo -> undo.action().equals(added.getFirst().undo()))
                        .isPresent();
    }

    /** It is undone, somebody's will has overtaken it, or it never began. */
    private boolean ended(Optional<Incident> before, List<Measure> gone) {
        if (gone.size() != 1
                || before.isEmpty()
                || !(before.get().state() instanceof Acting(Action action, int attempt, Instant _))) {
            return false;
        }
        Action undo = gone.getFirst().undo();
        return switch (answer(before.get(), attempt).outcome()) {
            case Outcome.Accepted _ -> action.equals(undo);
            case Outcome.Refused _ ->
                action.equals(undo)
                        || action.undo()
                                .filter(one -> one.action().equals(undo))
                                .isPresent();
            case Outcome.Failed _ -> false;
        };
    }

    /** Its undoing failed, and is tried again. */
    private static boolean later(Optional<Incident> before, List<Measure> added, List<Measure> gone) {
        return before.isPresent()
                && before.get().state() instanceof Acting acting
                && added.size() == 1
                && gone.size() == 1
                && acting.action().equals(gone.getFirst().undo())
                && acting.action().equals(added.getFirst().undo())
                && added.getFirst().dueAt().isAfter(gone.getFirst().dueAt());
    }

    /** Nobody told whether it was done, and it may be yet: what undoes it waits, whichever that is. */
    private boolean unanswered(Optional<Incident> before, Incident saved, List<Measure> added, List<Measure> gone) {
        if (before.isEmpty() || gone.isEmpty() || !undone(added).equals(undone(gone))) {
            return false;
        }
        boolean its = before.get().state() instanceof Acting(Action action, int attempt, Instant _)
                && answer(before.get(), attempt).outcome() instanceof Outcome.Failed
                && covered(gone, action)
                && putOff(added, gone, saved.updatedAt());
        return its
                || toldOnce((answer, action) -> answer.outcome() instanceof Outcome.Failed
                        && covered(gone, action)
                        && putOff(added, gone, answer.at()));
    }

    private static boolean putOff(List<Measure> added, List<Measure> gone, Instant givenUpAt) {
        Instant over = givenUpAt.plus(UNDER_WAY);
        return added.stream().allMatch(one -> one.dueAt().equals(over))
                && gone.stream().allMatch(one -> one.dueAt().isBefore(over));
    }

    /** What was refused left nothing behind. */
    private static @Nullable Instant dueAfter(Answer answer) {
        return switch (answer.outcome()) {
            case Outcome.Accepted _ -> answer.at();
            case Outcome.Failed _ -> answer.at().plus(UNDER_WAY);
            case Outcome.Refused _ -> null;
        };
    }

    private Answer answer(Incident incident, int attempt) {
        return answers.getOrDefault(incident.id() + "-" + attempt, Answer.NONE);
    }

    /** The fleet carried it out for a healer that had lost its claim by then; once for each claim. */
    private boolean tooLate(List<Measure> added, List<Measure> gone) {
        boolean right = gone.isEmpty()
                && added.size() == 1
                && toldOnce((answer, action) -> added.getFirst().dueAt().equals(dueAfter(answer))
                        && action.undo()
                                .filter(undo ->
                                        undo.action().equals(added.getFirst().undo()))
                                .isPresent());
        if (right) {
            late.add(added.getFirst().undo());
        }
        return right;
    }

    /** Whether one of the claims that are lost ended so; it is forgotten then. */
    private boolean toldOnce(BiPredicate<Answer, Action> endedSo) {
        Optional<String> one = lost.entrySet().stream()
                .filter(claim -> Optional.ofNullable(answers.get(claim.getKey()))
                        .filter(answer -> endedSo.test(answer, claim.getValue()))
                        .isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
        one.ifPresent(lost::remove);
        return one.isPresent();
    }

    private static boolean covered(List<Measure> measures, Action action) {
        return action.undo()
                .filter(undo -> measures.stream().allMatch(one -> one.covers(undo.action())))
                .isPresent();
    }

    private static List<Action> undone(List<Measure> measures) {
        return measures.stream().map(Measure::undo).toList();
    }

    /** Two that change the desired count would not know each other's, and of two of one mode the first would end both. */
    private void oneAtATime(Incident saved) {
        Set<Object> kinds = new HashSet<>();
        for (Measure measure : saved.measures()) {
            Object kind = measure.undo() instanceof Action.Restore restore ? restore.mode() : ActionKind.SCALE_BACK;
            if (!late.contains(measure.undo()) && !kinds.add(kind)) {
                throw new Broken("no second measure over a standing one", saved.id() + " " + saved.measures());
            }
        }
    }

    static void undoneInTime(Incident incident, Instant now, long calmSince) {
        Instant calm = MutableClock.START.plusMillis(calmSince);
        for (Measure measure : incident.measures()) {
            Instant due = measure.dueAt().isAfter(calm) ? measure.dueAt() : calm;
            if (now.isAfter(due.plus(LATE))) {
                throw new Broken("what is temporary is undone in time", incident.id() + " " + measure + " at " + now);
            }
        }
    }
}
