package io.selfheal.healer.decide;

import static io.selfheal.healer.decide.DecisionCase.given;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Reason;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One sick task, a bad release, a sick callee, a retry storm: the same alerts, and each asks for something else. */
class ChoiceByCauseTest {
    private static final ServiceId ORDER = service("order");
    private static final String ALL = "[roll-back, degrade, shed, restart-task, escalate]";
    private static final Action ROLL_BACK = new Action.RollBack(ORDER, "order:2", "order:1");
    private static final Action RESTART_1 = new Action.RestartTask(ORDER, task(1));

    private sealed interface Expected {
        record Does(Action action, Reason reason) implements Expected {}

        record DoesNot(Class<? extends Decision> decision, Reason reason) implements Expected {}
    }

    private record Row(String name, DecisionCase given, Expected expected) {}

    private static Row does(String name, DecisionCase given, Action action, Reason reason) {
        return new Row(name, given, new Expected.Does(action, reason));
    }

    private static Row doesNot(String name, DecisionCase given, Class<? extends Decision> decision, Reason reason) {
        return new Row(name, given, new Expected.DoesNot(decision, reason));
    }

    private static Stream<DynamicTest> table(Row... rows) {
        return Stream.of(rows)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    Decision decision = row.given().decide();
                    switch (row.expected()) {
                        case Expected.Does(Action action, Reason reason) -> {
                            assertThat(decision)
                                    .isInstanceOfSatisfying(Decision.Act.class, act -> assertThat(act.action())
                                            .isEqualTo(action));
                            assertThat(decision.reason()).isEqualTo(reason);
                        }
                        case Expected.DoesNot(Class<? extends Decision> kind, Reason reason) -> {
                            assertThat(decision).isInstanceOf(kind);
                            assertThat(decision.reason()).isEqualTo(reason);
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> aRelease() {
        return table(
                does(
                        "all tasks of the new revision are accused",
                        given().ladder(ALL).releasedAgo(90).alertOn(1).alertOn(2),
                        ROLL_BACK,
                        Reason.BAD_RELEASE),
                does(
                        "one is accused, the other fails as well by what it serves",
                        given().ladder(ALL)
                                .releasedAgo(90)
                                .alertOn(1)
                                .serves(1, 0.9)
                                .serves(2, 0.8),
                        ROLL_BACK,
                        Reason.BAD_RELEASE),
                does(
                        "one is accused, the other is known to serve well",
                        given().ladder(ALL)
                                .releasedAgo(90)
                                .alertOn(1)
                                .serves(1, 0.9)
                                .serves(2, 0.01),
                        RESTART_1,
                        Reason.SICK_TASK),
                doesNot(
                        "one is accused, of the other nothing is known yet",
                        given().ladder(ALL).releasedAgo(90).alertOn(1).vitalsUnknown(),
                        Decision.Suppress.class,
                        Reason.RELEASE_SUSPECTED),
                does(
                        "one is accused, and the other did not follow for long enough",
                        given().ladder(ALL)
                                .releasedAgo(90)
                                .alertOn(1)
                                .begunAgo(21)
                                .vitalsUnknown(),
                        RESTART_1,
                        Reason.SICK_TASK),
                does(
                        "the first task of a deployment fails what it takes on, the old ones do not",
                        given().ladder(ALL)
                                .tasks(3)
                                .rollingOutTo(3, 10)
                                .alertOn(3)
                                .serves(1, 0)
                                .serves(2, 0)
                                .serves(3, 0.7)
                                .detectedAgo(5),
                        ROLL_BACK,
                        Reason.BAD_RELEASE),
                doesNot(
                        "the release fails, but somebody deploys the next one already",
                        given().ladder(ALL)
                                .releasedAgo(90)
                                .alertOn(1)
                                .alertOn(2)
                                .deploying("order:3"),
                        Decision.Suppress.class,
                        Reason.DEPLOYMENT_IN_PROGRESS),
                doesNot(
                        "the first task of a deployment is slow, as newborns are",
                        given().ladder(ALL)
                                .tasks(3)
                                .rollingOutTo(3, 10)
                                .alertOn(3)
                                .serves(3, 0.0)
                                .seenReady(3)
                                .detectedAgo(5),
                        Decision.Suppress.class,
                        Reason.WARMING_UP),
                doesNot(
                        "an old task fails during a deployment",
                        given().ladder(ALL)
                                .tasks(3)
                                .rollingOutTo(3, 10)
                                .alertOn(1)
                                .detectedAgo(5),
                        Decision.Suppress.class,
                        Reason.DEPLOYMENT_IN_PROGRESS),
                doesNot(
                        "the release is long ago",
                        given().ladder(ALL).releasedAgo(3600).alertOn(1).alertOn(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                doesNot(
                        "the trouble began before the release",
                        given().ladder(ALL)
                                .releasedAgo(90)
                                .detectedAgo(120)
                                .alertOn(1)
                                .alertOn(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                does(
                        "the trouble began before the deployment, whose first task is sick while an old one serves well",
                        given().ladder(ALL)
                                .tasks(3)
                                .rollingOutTo(3, 10)
                                .detectedAgo(120)
                                .alertOn(1)
                                .alertOn(3)
                                .serves(1, 0.5)
                                .serves(2, 0)
                                .serves(3, 0.7),
                        ROLL_BACK,
                        Reason.BAD_RELEASE),
                doesNot(
                        "the trouble began before the deployment, whose first task serves well",
                        given().ladder(ALL)
                                .tasks(3)
                                .rollingOutTo(3, 10)
                                .detectedAgo(120)
                                .alertOn(1)
                                .serves(1, 0.5)
                                .serves(2, 0)
                                .serves(3, 0),
                        Decision.Suppress.class,
                        Reason.DEPLOYMENT_IN_PROGRESS),
                doesNot(
                        "the trouble began before the deployment, and is the same in all tasks, old and new",
                        given().ladder(ALL)
                                .tasks(3)
                                .rollingOutTo(3, 10)
                                .detectedAgo(120)
                                .alertOn(1)
                                .alertOn(2)
                                .alertOn(3)
                                .serves(1, 0.7)
                                .serves(2, 0.7)
                                .serves(3, 0.7),
                        Decision.Suppress.class,
                        Reason.DEPLOYMENT_IN_PROGRESS),
                doesNot(
                        "the trouble began before the deployment, and nothing is known of the old tasks",
                        given().ladder(ALL)
                                .tasks(3)
                                .rollingOutTo(3, 10)
                                .detectedAgo(120)
                                .alertOn(3)
                                .vitalsUnknown(),
                        Decision.Suppress.class,
                        Reason.DEPLOYMENT_IN_PROGRESS),
                doesNot(
                        "the trouble began before the deployment, which somebody has followed by another",
                        given().ladder(ALL)
                                .tasks(3)
                                .rollingOutTo(3, 10)
                                .deploying("order:3")
                                .detectedAgo(120)
                                .alertOn(3)
                                .serves(1, 0)
                                .serves(2, 0)
                                .serves(3, 0.7),
                        Decision.Suppress.class,
                        Reason.DEPLOYMENT_IN_PROGRESS),
                doesNot(
                        "rolled back already and still sick",
                        given().ladder(ALL)
                                .releasedAgo(90)
                                .alertOn(1)
                                .alertOn(2)
                                .tried(ROLL_BACK),
                        Decision.Escalate.class,
                        Reason.LADDER_EXHAUSTED),
                doesNot(
                        "the release is a return to what ran before",
                        given().ladder(ALL)
                                .rolledBackAgo(90, Release.Status.COMPLETED)
                                .alertOn(1)
                                .alertOn(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                doesNot(
                        "the return is still under way",
                        given().ladder(ALL)
                                .rolledBackAgo(90, Release.Status.IN_PROGRESS)
                                .alertOn(1)
                                .alertOn(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                does(
                        "after a return one task alone is sick",
                        given().ladder(ALL)
                                .rolledBackAgo(90, Release.Status.COMPLETED)
                                .alertOn(1)
                                .vitalsUnknown(),
                        RESTART_1,
                        Reason.SICK_TASK),
                doesNot(
                        "the policy does not roll back",
                        given().releasedAgo(90).alertOn(1).alertOn(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                doesNot(
                        "paused",
                        given().ladder(ALL)
                                .releasedAgo(90)
                                .alertOn(1)
                                .alertOn(2)
                                .pausedEverywhere(),
                        Decision.Suppress.class,
                        Reason.PAUSED));
    }

    @TestFactory
    Stream<DynamicTest> aCallee() {
        Action degrade = new Action.Degrade(ORDER, service("product"), Duration.ofMinutes(5));
        return table(
                does(
                        "it has an open incident",
                        given().ladder(ALL)
                                .calls("product")
                                .otherIncident("product", 3)
                                .alertOn(1)
                                .alertOn(2),
                        degrade,
                        Reason.CALLEE_SICK),
                does(
                        "nobody told, but the calls fail",
                        given().ladder(ALL)
                                .calls("product")
                                .callsFail("product", 0.8)
                                .alertOn(1)
                                .alertOn(2),
                        degrade,
                        Reason.CALLEE_SICK),
                doesNot(
                        "the policy does not degrade: never a restart",
                        given().calls("product").callsFail("product", 0.8).alertOn(1),
                        Decision.Suppress.class,
                        Reason.CALLEE_SICK),
                does(
                        "a few calls fail",
                        given().ladder(ALL)
                                .calls("product")
                                .callsFail("product", 0.2)
                                .alertOn(1),
                        RESTART_1,
                        Reason.SICK_TASK),
                does(
                        "the probe itself sees the one task sick",
                        given().ladder(ALL)
                                .calls("product")
                                .otherIncident("product", 3)
                                .alertOn(1)
                                .sick(1),
                        RESTART_1,
                        Reason.SICK_TASK),
                doesNot(
                        "degraded before a relapse, and that still stands: the end of the first would cut the second short",
                        given().ladder(ALL)
                                .calls("product")
                                .otherIncident("product", 3)
                                .alertOn(1)
                                .measure(new Action.Restore(ORDER, Mode.DEGRADED), 100),
                        Decision.Suppress.class,
                        Reason.MEASURE_STANDS),
                does(
                        "load is still shed, which is another matter",
                        given().ladder(ALL)
                                .calls("product")
                                .otherIncident("product", 3)
                                .alertOn(1)
                                .measure(new Action.Restore(ORDER, Mode.SHEDDING), 100),
                        degrade,
                        Reason.CALLEE_SICK),
                doesNot(
                        "degraded already: the callers wait for it",
                        given().ladder(ALL)
                                .calls("product")
                                .otherIncident("product", 3)
                                .alertOn(1)
                                .tried(degrade),
                        Decision.Suppress.class,
                        Reason.CALLEE_SICK));
    }

    private static DecisionCase overloaded() {
        return given().ladder(ALL).alertOn(1).alertOn(2).servesSlowly(1, 1).servesSlowly(2, 0.5);
    }

    @TestFactory
    Stream<DynamicTest> aRetryStorm() {
        Action shed = new Action.Shed(ORDER, 50, Duration.ofMinutes(1));
        return table(
                does("half of the calls are retries", overloaded().retries(0.5), shed, Reason.RETRY_STORM),
                does(
                        "the other task is overloaded, too, though nobody complains about it yet",
                        given().ladder(ALL)
                                .alertOn(1)
                                .servesSlowly(1, 1)
                                .servesSlowly(2, 1)
                                .retries(0.5),
                        shed,
                        Reason.RETRY_STORM),
                does(
                        "the only task there is",
                        given().tasks(1)
                                .ladder(ALL)
                                .alertOn(1)
                                .servesSlowly(1, 1)
                                .retries(0.5),
                        shed,
                        Reason.RETRY_STORM),
                does(
                        "no storm: one sick task among healthy ones has half of the calls repeated",
                        given().ladder(ALL).alertOn(1).retries(0.5),
                        RESTART_1,
                        Reason.SICK_TASK),
                doesNot(
                        "no redeploy for the requests that it turns away itself",
                        given().ladder("[redeploy, escalate]")
                                .serviceAlert()
                                .measure(new Action.Restore(ORDER, Mode.SHEDDING), 10),
                        Decision.Suppress.class,
                        Reason.MEASURE_STANDS),
                does(
                        "degraded it turns nothing away",
                        given().ladder("[redeploy, escalate]")
                                .serviceAlert()
                                .measure(new Action.Restore(ORDER, Mode.DEGRADED), 10),
                        new Action.Redeploy(ORDER),
                        Reason.SERVICE_SICK),
                doesNot(
                        "load was shed before a relapse, and still is",
                        overloaded().retries(0.5).measure(new Action.Restore(ORDER, Mode.SHEDDING), 100),
                        Decision.Suppress.class,
                        Reason.MEASURE_STANDS),
                does("a few are", given().ladder(ALL).alertOn(1).retries(0.1), RESTART_1, Reason.SICK_TASK),
                does("nobody counts them", given().ladder(ALL).alertOn(1), RESTART_1, Reason.SICK_TASK),
                doesNot(
                        "no storm: what fails at once is repeated as well",
                        given().ladder(ALL)
                                .alertOn(1)
                                .alertOn(2)
                                .serves(1, 1)
                                .serves(2, 1)
                                .retries(0.6),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                doesNot(
                        "no storm: nobody knows how its tasks serve",
                        given().ladder(ALL)
                                .alertOn(1)
                                .alertOn(2)
                                .vitalsUnknown()
                                .retries(0.6),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                doesNot(
                        "shed already: and a fleet is not restarted",
                        overloaded().retries(0.5).tried(shed),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                does(
                        "shed already, and one task stays sick: then a restart",
                        given().ladder(ALL).alertOn(1).retries(0.5).tried(shed),
                        RESTART_1,
                        Reason.SICK_TASK),
                does(
                        "as the policy wants it",
                        overloaded()
                                .and("    shed: {admitPercent: 20, lasting: PT10S, retryPercent: 60}")
                                .retries(0.61),
                        new Action.Shed(ORDER, 20, Duration.ofSeconds(10)),
                        Reason.RETRY_STORM));
    }

    @TestFactory
    Stream<DynamicTest> twoFallIllTogether() {
        return table(
                doesNot(
                        "one is at the bound, the other on its way",
                        given().alertOn(1).servesSlowly(1, 0.5).servesSlowly(2, 0.3),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                doesNot(
                        "the same with errors",
                        given().alertOn(1).serves(1, 0.3).serves(2, 0.15),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                does(
                        "the other has its bad moments, as every task",
                        given().alertOn(1).servesSlowly(1, 0.5).servesSlowly(2, 0.1),
                        RESTART_1,
                        Reason.SICK_TASK));
    }

    @TestFactory
    Stream<DynamicTest> saturation() {
        return table(
                doesNot(
                        "with errors: more tasks would only fail, too",
                        given().alertNamed("ServiceSaturated").serves(1, 0.5).serves(2, 0.5),
                        Decision.Escalate.class,
                        Reason.POLICY_ESCALATES),
                does(
                        "without errors",
                        given().alertNamed("ServiceSaturated").serves(1, 0.01).serves(2, 0),
                        new Action.ScaleOut(ORDER, 2, 3, Duration.ofMinutes(10)),
                        Reason.SATURATED));
    }

    @TestFactory
    Stream<DynamicTest> oneAlertOfSeveralThatAreOnTheirWay() {
        return table(
                doesNot(
                        "the other task fails as well by what it serves",
                        given().alertOn(1).serves(1, 0.9).serves(2, 0.9),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                doesNot(
                        "the other task is as slow",
                        given().alertOn(1).servesSlowly(1, 0.8).servesSlowly(2, 0.6),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                does(
                        "one of the two others is",
                        given().tasks(4).alertOn(1).serves(1, 0.9).serves(2, 0.9),
                        RESTART_1,
                        Reason.SICK_TASK));
    }

    @TestFactory
    Stream<DynamicTest> whatIsLeftOverOfTroubleThatIsHealed() {
        Action redeploy = new Action.Redeploy(ORDER);
        return table(
                doesNot(
                        "an alert that began before the last incident ended",
                        given().ladder("[redeploy, escalate]")
                                .serviceAlert()
                                .begunAgo(15)
                                .pastIncident("order", 10),
                        Decision.Suppress.class,
                        Reason.LEFT_OVER),
                does(
                        "one that began after it",
                        given().ladder("[redeploy, escalate]")
                                .serviceAlert()
                                .begunAgo(5)
                                .pastIncident("order", 10),
                        redeploy,
                        Reason.SERVICE_SICK),
                does(
                        "one that still stands long after it",
                        given().ladder("[redeploy, escalate]")
                                .serviceAlert()
                                .begunAgo(40)
                                .pastIncident("order", 30),
                        redeploy,
                        Reason.SERVICE_SICK),
                doesNot(
                        "on one task, and its probe finds it well",
                        given().ladder("[restart-task, escalate]")
                                .alertOn(1)
                                .begunAgo(15)
                                .pastIncident("order", 10),
                        Decision.Suppress.class,
                        Reason.LEFT_OVER),
                does(
                        "on one task, and its probe finds it sick",
                        given().ladder("[restart-task, escalate]")
                                .alertOn(1)
                                .begunAgo(15)
                                .sick(1)
                                .pastIncident("order", 10),
                        RESTART_1,
                        Reason.SICK_TASK),
                does(
                        "on one task, and it began after it",
                        given().ladder("[restart-task, escalate]")
                                .alertOn(1)
                                .begunAgo(5)
                                .pastIncident("order", 10),
                        RESTART_1,
                        Reason.SICK_TASK),
                does(
                        "another service's incident",
                        given().ladder("[redeploy, escalate]")
                                .serviceAlert()
                                .begunAgo(15)
                                .pastIncident("user", 10),
                        redeploy,
                        Reason.SERVICE_SICK));
    }

    @TestFactory
    Stream<DynamicTest> missingEvidence() {
        return table(
                doesNot(
                        "that the policy requires",
                        given().and("    requires: [vitals]").alertOn(1).vitalsUnknown(),
                        Decision.Suppress.class,
                        Reason.EVIDENCE_MISSING),
                does(
                        "that is there",
                        given().and("    requires: [vitals, calls]").alertOn(1),
                        RESTART_1,
                        Reason.SICK_TASK),
                doesNot(
                        "that the policy requires: lines of the log",
                        given().and("    requires: [logs]").alertOn(1),
                        Decision.Suppress.class,
                        Reason.EVIDENCE_MISSING),
                doesNot(
                        "that the policy requires: a trace",
                        given().and("    requires: [trace]").alertOn(1).logged(1, "boom"),
                        Decision.Suppress.class,
                        Reason.EVIDENCE_MISSING),
                does(
                        "that is there: lines of the log and a trace",
                        given().and("    requires: [logs, trace]")
                                .alertOn(1)
                                .logged(1, "boom")
                                .traced(1, "1".repeat(32)),
                        RESTART_1,
                        Reason.SICK_TASK),
                doesNot(
                        "for so long that somebody has to look",
                        given().and("    requires: [vitals]")
                                .alertOn(1)
                                .vitalsUnknown()
                                .held(Reason.EVIDENCE_MISSING, 121),
                        Decision.Escalate.class,
                        Reason.EVIDENCE_MISSING));
    }

    @Nested
    class GivenASurge {
        private static final String SURGE = "[surge-restart, escalate]";
        private static final Action.SurgeRestart OUT =
                new Action.SurgeRestart(ORDER, task(1), 2, 3, Duration.ofMinutes(3));
        private static final Action.Retire RETIRE = new Action.Retire(ORDER, task(1), 3, 2, false);

        @TestFactory
        Stream<DynamicTest> itsWay() {
            return table(
                    does("begins with one more task", given().ladder(SURGE).alertOn(1), OUT, Reason.SICK_TASK),
                    does(
                            "needs no healthy floor, since nobody goes before somebody came",
                            given().ladder(SURGE).tasks(1).alertOn(1),
                            new Action.SurgeRestart(ORDER, task(1), 1, 2, Duration.ofMinutes(3)),
                            Reason.SICK_TASK),
                    doesNot(
                            "waits while the replacement starts",
                            given().ladder(SURGE)
                                    .tasks(3)
                                    .starting(3)
                                    .alertOn(1)
                                    .verifying(OUT, 5)
                                    .measure(RETIRE, 100),
                            Decision.Wait.class,
                            Reason.NOT_YET_HEALED),
                    doesNot(
                            "waits while the replacement is not healthy",
                            given().ladder(SURGE)
                                    .tasks(3)
                                    .sick(3)
                                    .alertOn(1)
                                    .verifying(OUT, 5)
                                    .measure(RETIRE, 100),
                            Decision.Wait.class,
                            Reason.NOT_YET_HEALED),
                    does(
                            "retires the task when as many as before are healthy without it",
                            given().ladder(SURGE)
                                    .tasks(3)
                                    .alertOn(1)
                                    .verifying(OUT, 5)
                                    .measure(RETIRE, 100),
                            RETIRE,
                            Reason.REPLACEMENT_READY),
                    does(
                            "is completed although somebody paused meanwhile",
                            given().ladder(SURGE)
                                    .tasks(3)
                                    .alertOn(1)
                                    .verifying(OUT, 5)
                                    .measure(RETIRE, 100)
                                    .pausedEverywhere(),
                            RETIRE,
                            Reason.REPLACEMENT_READY),
                    does(
                            "gives up at its time, replacement or not",
                            given().ladder(SURGE)
                                    .tasks(3)
                                    .sick(3)
                                    .alertOn(1)
                                    .tried(OUT)
                                    .measure(RETIRE, -1),
                            RETIRE,
                            Reason.MEASURE_DUE),
                    doesNot(
                            "is not begun twice at a time",
                            given().ladder(SURGE).tasks(4).alertOn(2).tried(OUT).measure(RETIRE, 100),
                            Decision.Suppress.class,
                            Reason.MEASURE_STANDS));
        }
    }

    @Nested
    class GivenATaskThatIsSetAside {
        private static final String SHIFT = "[shift-traffic, escalate]";
        private static final Action.ShiftTraffic ASIDE =
                new Action.ShiftTraffic(ORDER, task(1), 2, 3, Duration.ofMinutes(30));
        private static final Action.Retire RETIRE = new Action.Retire(ORDER, task(1), 3, 2, true);

        @TestFactory
        Stream<DynamicTest> itsWay() {
            return table(
                    does("is taken out and replaced", given().ladder(SHIFT).alertOn(1), ASIDE, Reason.SICK_TASK),
                    doesNot(
                            "leaves the floor to the others",
                            given().ladder(SHIFT).tasks(2).unprobed(2).alertOn(1),
                            Decision.Suppress.class,
                            Reason.HEALTHY_FLOOR),
                    doesNot(
                            "is sick and complained about, and the service is well without it",
                            given().ladder(SHIFT)
                                    .tasks(3)
                                    .sick(1)
                                    .alertOn(1)
                                    .verifying(ASIDE, 10)
                                    .wellFor(8)
                                    .measure(RETIRE, 1000),
                            Decision.Resolve.class,
                            Reason.VERIFIED),
                    does(
                            "is given up when its time is over",
                            given().ladder(SHIFT)
                                    .tasks(3)
                                    .sick(1)
                                    .alertOn(1)
                                    .settling()
                                    .measure(RETIRE, -1),
                            RETIRE,
                            Reason.MEASURE_DUE));
        }
    }

    @Test
    void anActionTellsTheEvidenceThatItGoesBy() {
        Decision decision = given().releasedAgo(7200)
                .alertOn(1)
                .serves(1, 0.5)
                .callsFail("product", 0.75)
                .decide();

        assertThat(decision.detail())
                .contains("an alert names it")
                .contains("50 % of them with errors of its own")
                .contains("75 % of its calls to product fail")
                .contains("order:2 was released at");
    }

    @Test
    void anActionOnATaskTellsThatTasksLinesAndTrace() {
        String own = "1".repeat(32);
        Decision decision = given().alertOn(1)
                .logged(2, "another's trouble")
                .logged(1, "boom")
                .logged(1, "boom")
                .logged(1, "bang")
                .traced(2, "2".repeat(32))
                .traced(1, own)
                .decide();

        assertThat(decision.detail())
                .endsWith("; trace " + own + " of a request that failed after 12 ms; it logged: boom | bang");
    }

    @Test
    void whereNoTraceWasMeasured_thenItIsThatOfALine() {
        String id = "3".repeat(32);
        Decision decision = given().alertOn(1)
                .logged(1, "{\"message\":\"boom\",\"trace_id\":\"" + id + "\"}")
                .decide();

        assertThat(decision.detail()).endsWith("; trace " + id + " of a line that it logged; it logged: boom");
    }
}
