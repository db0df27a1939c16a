package io.selfheal.healer.decide;

import static io.selfheal.healer.decide.DecisionCase.given;
import static io.selfheal.healer.decide.DecisionRow.table;

import io.selfheal.healer.incident.Reason;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** How many tasks are sick, and how sure that is. */
class SickTasksTest {
    @TestFactory
    Stream<DynamicTest> whatItsTasksAreLike() {
        return table(
                new DecisionRow(
                        "a deployment",
                        given().alertOn(1).deploying(),
                        Decision.Suppress.class,
                        Reason.DEPLOYMENT_IN_PROGRESS),
                new DecisionRow(
                        "both of two sick",
                        given().alertOn(1).sick(1).sick(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new DecisionRow(
                        "two of two accused, and the alert on the other ended a moment ago",
                        given().alertOn(2).resolvedAgo(19).alertOn(1),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new DecisionRow(
                        "the alert on the other ended long ago",
                        given().alertOn(2).resolvedAgo(20).alertOn(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "two of four sick",
                        given().tasks(4).alertOn(1).sick(1).sick(2),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "three of four sick",
                        given().tasks(4).alertOn(1).sick(1).sick(2).sick(3),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new DecisionRow(
                        "one sick, and the other was slow a moment ago",
                        given().alertOn(1).sick(1).servedBadlyLately(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new DecisionRow(
                        "one sick, and it alone was slow a moment ago",
                        given().alertOn(1).sick(1).servedBadlyLately(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "one sick, and one that is gone was slow a moment ago",
                        given().alertOn(1).sick(1).servedBadlyLately(9),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "all named by alerts though probed healthy",
                        given().alertOn(1).alertOn(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new DecisionRow(
                        "an alert that needs the probe's word, and the probe finds the task healthy",
                        given().confirm("probe").alertOn(1),
                        Decision.Suppress.class,
                        Reason.NOT_CONFIRMED),
                new DecisionRow(
                        "an alert that needs the probe's word, and the probe could not ask",
                        given().confirm("probe").alertOn(1).unprobed(1),
                        Decision.Suppress.class,
                        Reason.NOT_CONFIRMED),
                new DecisionRow(
                        "an alert that needs the probe's word, and the probe sees it too",
                        given().confirm("probe").alertOn(1).sick(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "unconfirmed for longer than the patience",
                        given().confirm("probe").alertOn(1).held(Reason.NOT_CONFIRMED, 120),
                        Decision.Escalate.class,
                        Reason.NOT_CONFIRMED),
                new DecisionRow(
                        "a newborn, found healthy by the probe",
                        given().startedAgo(1, 59).alertOn(1),
                        Decision.Suppress.class,
                        Reason.WARMING_UP),
                new DecisionRow(
                        "a newborn that was ready once, and once did not answer in time",
                        given().startedAgo(1, 59).seenReady(1).alertOn(1).sick(1),
                        Decision.Suppress.class,
                        Reason.WARMING_UP),
                new DecisionRow(
                        "a newborn that was ready once, and that its probe finds sick time and again",
                        given().startedAgo(1, 59).seenReady(1).probeAlertOn(1).sick(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "a newborn that the probe could not ask",
                        given().startedAgo(1, 59).seenReady(1).alertOn(1).unprobed(1),
                        Decision.Suppress.class,
                        Reason.WARMING_UP),
                new DecisionRow(
                        "a task that has warmed up",
                        given().startedAgo(1, 60).alertOn(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "the only task", given().tasks(1).alertOn(1), Decision.Suppress.class, Reason.HEALTHY_FLOOR),
                new DecisionRow(
                        "the other one is starting",
                        given().alertOn(1).starting(2),
                        Decision.Suppress.class,
                        Reason.HEALTHY_FLOOR),
                new DecisionRow(
                        "the other one cannot be asked",
                        given().alertOn(1).unprobed(2),
                        Decision.Suppress.class,
                        Reason.HEALTHY_FLOOR),
                new DecisionRow(
                        "many sick for too long",
                        given().alertOn(1).sick(1).sick(2).held(Reason.MANY_SICK_TASKS, 120),
                        Decision.Escalate.class,
                        Reason.MANY_SICK_TASKS),
                new DecisionRow(
                        "many sick for a while",
                        given().alertOn(1).sick(1).sick(2).held(Reason.MANY_SICK_TASKS, 119),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS));
    }
}
