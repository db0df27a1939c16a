package io.selfheal.healer.simulation;

import io.selfheal.healer.decide.Rules;
import io.selfheal.healer.engine.Settings;
import io.selfheal.healer.evidence.Calls;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Measure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Bugs of choosing by cause, and of what is temporary. */
final class CauseMutants {
    private static final Vitals FAILS = new Vitals(10, 0.9, 0);

    private CauseMutants() {}

    static void into(Bugs bugs) {
        releases(bugs);
        causes(bugs);
        temporary(bugs);
    }

    private static void releases(Bugs bugs) {
        bugs.fleet("rolled back to the bad revision", fleet -> new OddFleet(fleet) {
            @Override
            public Outcome apply(Action action, String key) {
                return super.apply(
                        action instanceof Action.RollBack back
                                ? new Action.RollBack(back.service(), /* bad= */ back.good(), /* good= */ back.bad())
                                : action,
                        key);
            }
        });
        bugs.fleet("a forced deployment for a rollback", fleet -> new OddFleet(fleet) {
            @Override
            public Outcome apply(Action action, String key) {
                return super.apply(
                        action instanceof Action.RollBack ? new Action.Redeploy(action.service()) : action, key);
            }
        });
        bugs.evidence(
                "a return to what ran before is a release",
                seen -> with(seen, seen.releases().map(all -> all.stream()
                        .filter(one -> one.equals(all.getFirst())
                                || !one.revision().equals(all.getFirst().revision()))
                        .toList())));
        bugs.evidence(
                "what was given up is good",
                seen -> with(
                        seen,
                        each(
                                seen,
                                one -> one.status() == Release.Status.ABANDONED
                                        ? new Release(one.revision(), one.startedAt(), Release.Status.COMPLETED)
                                        : one)));
        bugs.policy("releases are suspected for ever", "suspectFor: PT\\d+S", "suspectFor: PT1H");
        bugs.evidence(
                "all tasks fail, as far as is measured",
                seen -> new Evidence(
                        seen.vitals().map(CauseMutants::failing),
                        seen.calls(),
                        seen.retryShare(),
                        seen.releases(),
                        seen.stops(),
                        seen.logs(),
                        seen.traces()));
    }

    private static void causes(Bugs bugs) {
        bugs.evidence("failing calls are not seen", seen -> calls(seen, Map.of()));
        bugs.evidence(
                "calls that go well are taken for failing",
                seen -> calls(
                        seen, Map.of("order", new Calls(5, 1), "pay", new Calls(5, 1), "stock", new Calls(5, 1))));
        bugs.evidence(
                "everything is a retry storm",
                seen -> new Evidence(
                        seen.vitals(),
                        seen.calls(),
                        seen.retryShare().map(_ -> 1.0),
                        seen.releases(),
                        seen.stops(),
                        seen.logs(),
                        seen.traces()));
        bugs.evidence(
                "work waits everywhere, as far as is measured",
                seen -> new Evidence(
                        seen.vitals().map(CauseMutants::slow),
                        seen.calls(),
                        seen.retryShare(),
                        seen.releases(),
                        seen.stops(),
                        seen.logs(),
                        seen.traces()));
        bugs.evidence(
                "every task serves well, as far as is measured",
                seen -> new Evidence(
                        seen.vitals().map(CauseMutants::well),
                        seen.calls(),
                        seen.retryShare(),
                        seen.releases(),
                        seen.stops(),
                        seen.logs(),
                        seen.traces()));
        bugs.settings(
                "how tasks served a moment ago is forgotten",
                right -> new Settings(
                        new Rules(
                                right.rules().startupGrace(),
                                right.rules().patience(),
                                right.rules().recheck(),
                                right.rules().standby(),
                                Duration.ZERO),
                        right.quickFacts(),
                        right.freshEnough(),
                        right.watching()));
        bugs.policy("what has to be known is not asked for", "requires: \\[calls\\]", "requires: []");
        bugs.policy("nothing is shed but at any time", "retryPercent: \\d+", "retryPercent: 1");
        bugs.policy("a shift below the floor", "percent: 60", "percent: 20");
    }

    private static void temporary(Bugs bugs) {
        bugs.fleet("a mode that is never ended", fleet -> new OddFleet(fleet) {
            @Override
            public Outcome apply(Action action, String key) {
                return action instanceof Action.Restore ? new Outcome.Accepted("") : super.apply(action, key);
            }
        });
        bugs.fleet("a task that is set aside for ever", fleet -> new OddFleet(fleet) {
            @Override
            public Outcome apply(Action action, String key) {
                return action instanceof Action.Retire ? new Outcome.Accepted("") : super.apply(action, key);
            }
        });
        bugs.fleet("an undoing that failed is taken for done", fleet -> new OddFleet(fleet) {
            @Override
            public Outcome apply(Action action, String key) {
                Outcome outcome = super.apply(action, key);
                return action.reverts() && outcome instanceof Outcome.Failed ? new Outcome.Accepted("") : outcome;
            }
        });
        bugs.found("a task that is set aside is counted", incident -> measures(incident, CauseMutants::serving));
        bugs.found(
                "what is temporary is put off again and again",
                incident -> measures(
                        incident, one -> new Measure(one.undo(), one.dueAt().plusSeconds(600))));
        bugs.policy("degraded for too long", "degrade: \\{lasting: PT\\d+S", "degrade: {lasting: PT10M");
        bugs.policy("set aside for too short", "keepFor: PT\\d+S", "keepFor: PT15S");
        bugs.policy("load is shed for too long", "lasting: PT25S", "lasting: PT20M");
    }

    private static Evidence with(Evidence seen, Fact<List<Release>> releases) {
        return new Evidence(
                seen.vitals(), seen.calls(), seen.retryShare(), releases, seen.stops(), seen.logs(), seen.traces());
    }

    private static Fact<List<Release>> each(Evidence seen, UnaryOperator<Release> change) {
        return seen.releases().map(all -> all.stream().map(change).toList());
    }

    private static Map<TaskId, Vitals> failing(Map<TaskId, Vitals> vitals) {
        Map<TaskId, Vitals> all = new HashMap<>(vitals);
        all.replaceAll((_, _) -> FAILS);
        return all;
    }

    private static Map<TaskId, Vitals> well(Map<TaskId, Vitals> vitals) {
        Map<TaskId, Vitals> all = new HashMap<>(vitals);
        all.replaceAll((_, known) -> new Vitals(known.requestsPerSecond(), 0, 0));
        return all;
    }

    private static Map<TaskId, Vitals> slow(Map<TaskId, Vitals> vitals) {
        Map<TaskId, Vitals> all = new HashMap<>(vitals);
        all.replaceAll((_, known) -> new Vitals(known.requestsPerSecond(), known.errorShare(), 1));
        return all;
    }

    private static Evidence calls(Evidence seen, Map<String, Calls> calls) {
        return new Evidence(
                seen.vitals(),
                seen.calls().map(_ -> calls),
                seen.retryShare(),
                seen.releases(),
                seen.stops(),
                seen.logs(),
                seen.traces());
    }

    private static Incident measures(Incident incident, UnaryOperator<Measure> change) {
        return incident.edit()
                .measures(incident.measures().stream().map(change).toList())
                .done();
    }

    private static Measure serving(Measure measure) {
        return measure.undo() instanceof Action.Retire retire
                ? new Measure(
                        new Action.Retire(retire.service(), retire.task(), retire.from(), retire.to(), false),
                        measure.dueAt())
                : measure;
    }
}
