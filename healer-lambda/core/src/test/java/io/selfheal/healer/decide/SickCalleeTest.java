package io.selfheal.healer.decide;

import static io.selfheal.healer.decide.DecisionCase.given;
import static io.selfheal.healer.decide.DecisionRow.does;
import static io.selfheal.healer.decide.DecisionRow.table;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Reason;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A dependency that is sick, and what is left over of its trouble. */
class SickCalleeTest {
    private static final ServiceId ORDER = service("order");
    private static final String ALL = "[roll-back, degrade, shed, restart-task, escalate]";
    private static final Action RESTART_1 = new Action.RestartTask(ORDER, task(1));

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
                new DecisionRow(
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
                new DecisionRow(
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
                new DecisionRow(
                        "degraded already: the callers wait for it",
                        given().ladder(ALL)
                                .calls("product")
                                .otherIncident("product", 3)
                                .alertOn(1)
                                .tried(degrade),
                        Decision.Suppress.class,
                        Reason.CALLEE_SICK));
    }

    @TestFactory
    Stream<DynamicTest> whatIsLeftOverOfTroubleThatIsHealed() {
        Action redeploy = new Action.Redeploy(ORDER);
        return table(
                new DecisionRow(
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
                new DecisionRow(
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
}
