package io.selfheal.healer.decide;

import static io.selfheal.healer.decide.DecisionCase.given;
import static io.selfheal.healer.decide.DecisionRow.does;
import static io.selfheal.healer.decide.DecisionRow.table;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Reason;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The same alerts, and each cause asks for something else; what is known of it is told. */
class ChoiceByCauseTest {
    private static final ServiceId ORDER = service("order");
    private static final String ALL = "[roll-back, degrade, shed, restart-task, escalate]";
    private static final Action RESTART_1 = new Action.RestartTask(ORDER, task(1));

    private static DecisionCase overloaded() {
        return given().ladder(ALL).alertOn(1).alertOn(2).servesSlowly(1, 1).servesSlowly(2, 0.5);
    }

    @Test
    void givenAStormThatComesBackSoonAfterLoadWasShed_thenItsEvidenceIsAskedForAndLoadIsShedAgain() {
        DecisionCase back = given().ladder(ALL).alertOn(1).ago(ActionKind.SHED, ORDER, 60);

        Decision withoutEvidence = back.decide();
        assertThat(withoutEvidence.reason()).isEqualTo(Reason.LEFT_OVER);
        assertThat(Decider.mayTurnOnEvidence(withoutEvidence)).isTrue();

        Decision withIt =
                back.servesSlowly(1, 1).servesSlowly(2, 1).retries(0.5).decide();
        assertThat(withIt.reason()).isEqualTo(Reason.RETRY_STORM);
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
                new DecisionRow(
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
                new DecisionRow(
                        "load was shed before a relapse, and still is",
                        overloaded().retries(0.5).measure(new Action.Restore(ORDER, Mode.SHEDDING), 100),
                        Decision.Suppress.class,
                        Reason.MEASURE_STANDS),
                does("a few are", given().ladder(ALL).alertOn(1).retries(0.1), RESTART_1, Reason.SICK_TASK),
                does("nobody counts them", given().ladder(ALL).alertOn(1), RESTART_1, Reason.SICK_TASK),
                new DecisionRow(
                        "no storm: what fails at once is repeated as well",
                        given().ladder(ALL)
                                .alertOn(1)
                                .alertOn(2)
                                .serves(1, 1)
                                .serves(2, 1)
                                .retries(0.6),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new DecisionRow(
                        "no storm: nobody knows how its tasks serve",
                        given().ladder(ALL)
                                .alertOn(1)
                                .alertOn(2)
                                .vitalsUnknown()
                                .retries(0.6),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new DecisionRow(
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
                new DecisionRow(
                        "one is at the bound, the other on its way",
                        given().alertOn(1).servesSlowly(1, 0.5).servesSlowly(2, 0.3),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new DecisionRow(
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
                new DecisionRow(
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
                new DecisionRow(
                        "the other task fails as well by what it serves",
                        given().alertOn(1).serves(1, 0.9).serves(2, 0.9),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new DecisionRow(
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
    Stream<DynamicTest> missingEvidence() {
        return table(
                new DecisionRow(
                        "that the policy requires",
                        given().and("    requires: [vitals]").alertOn(1).vitalsUnknown(),
                        Decision.Suppress.class,
                        Reason.EVIDENCE_MISSING),
                does(
                        "that is there",
                        given().and("    requires: [vitals, calls]").alertOn(1),
                        RESTART_1,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "that the policy requires: lines of the log",
                        given().and("    requires: [logs]").alertOn(1),
                        Decision.Suppress.class,
                        Reason.EVIDENCE_MISSING),
                new DecisionRow(
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
                new DecisionRow(
                        "for so long that somebody has to look",
                        given().and("    requires: [vitals]")
                                .alertOn(1)
                                .vitalsUnknown()
                                .held(Reason.EVIDENCE_MISSING, 121),
                        Decision.Escalate.class,
                        Reason.EVIDENCE_MISSING));
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
