package io.selfheal.healer.decide;

import static io.selfheal.healer.decide.DecisionCase.given;
import static io.selfheal.healer.decide.DecisionRow.table;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Reason;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What people said stands before all else: pauses, windows, silences, shadow, and what waits for their yes. */
class PeopleDecideTest {
    private static final ServiceId ORDER = service("order");
    private static final Action RESTART_1 = new Action.RestartTask(ORDER, task(1));

    @TestFactory
    Stream<DynamicTest> whatPeopleSaid() {
        return table(
                new DecisionRow(
                        "paused everywhere",
                        given().alertOn(1).pausedEverywhere(),
                        Decision.Suppress.class,
                        Reason.PAUSED),
                new DecisionRow(
                        "paused here", given().alertOn(1).paused(ORDER), Decision.Suppress.class, Reason.PAUSED),
                new DecisionRow(
                        "paused elsewhere",
                        given().alertOn(1).paused(service("user")),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "pauses cannot be read",
                        given().alertOn(1).pausesUnknown(),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN),
                new DecisionRow(
                        "in a maintenance window of all services",
                        given().alertOn(1).window(""),
                        Decision.Suppress.class,
                        Reason.MAINTENANCE_WINDOW),
                new DecisionRow(
                        "in a maintenance window of this service",
                        given().alertOn(1).window("services: [order, user], "),
                        Decision.Suppress.class,
                        Reason.MAINTENANCE_WINDOW),
                new DecisionRow(
                        "in a maintenance window of another service",
                        given().alertOn(1).window("services: [user], "),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "the maintenance window is over",
                        given().alertOn(1).windowIsOver(),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "a long maintenance window is nobody's emergency",
                        given().alertOn(1).window("").held(Reason.MAINTENANCE_WINDOW, 9999),
                        Decision.Suppress.class,
                        Reason.MAINTENANCE_WINDOW),
                new DecisionRow(
                        "pause wins over a maintenance window",
                        given().alertOn(1).window("").pausedEverywhere(),
                        Decision.Suppress.class,
                        Reason.PAUSED),
                new DecisionRow(
                        "the only alert is silenced",
                        given().alertOn(1).silenced("service_name=\"order\""),
                        Decision.Suppress.class,
                        Reason.SILENCED),
                new DecisionRow(
                        "the probe's alert is silenced",
                        given().probeAlertOn(1).sick(1).silenced("alertname=~\"Probe.*\"", "cluster=\"selfheal\""),
                        Decision.Suppress.class,
                        Reason.SILENCED),
                new DecisionRow(
                        "a silence of another alert",
                        given().alertOn(1).silenced("service_name=\"order\"", "alertname=\"TaskDown\""),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "a silence that is over",
                        given().alertOn(1).silencedFor(0, "service_name=\"order\""),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "one of the task's two alerts is silenced",
                        given().alertOn(1).probeAlertOn(1).sick(1).silenced("alertname=\"TaskStuck\""),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "the alerts on the task are silenced, one on the service is not",
                        given().alertOn(1).serviceAlert().silenced("alertname=\"TaskStuck\""),
                        Decision.Suppress.class,
                        Reason.SILENCED),
                new DecisionRow(
                        "a silenced alert chooses no policy",
                        given().alertNamed("ServiceSaturated").alertOn(1).silenced("alertname=\"ServiceSaturated\""),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "nobody is called about what is silenced",
                        given().alertOn(1)
                                .sick(1)
                                .tried(RESTART_1)
                                .tried(new Action.Redeploy(ORDER))
                                .silenced("service_name=\"order\""),
                        Decision.Suppress.class,
                        Reason.SILENCED),
                new DecisionRow(
                        "silences cannot be read",
                        given().alertOn(1).silencesUnknown(),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN),
                new DecisionRow(
                        "silences cannot be read, and the ladder is at its end",
                        given().alertOn(1)
                                .sick(1)
                                .tried(RESTART_1)
                                .tried(new Action.Redeploy(ORDER))
                                .silencesUnknown(),
                        Decision.Escalate.class,
                        Reason.LADDER_EXHAUSTED),
                new DecisionRow(
                        "pause wins over shadow",
                        given().shadow().alertOn(1).pausedEverywhere(),
                        Decision.Suppress.class,
                        Reason.PAUSED),
                new DecisionRow(
                        "shadow is last",
                        given().shadow().alertOn(1).actionAgo(ORDER, 1),
                        Decision.Suppress.class,
                        Reason.COOLDOWN),
                new DecisionRow("shadow", given().shadow().alertOn(1), Decision.Suppress.class, Reason.SHADOW),
                new DecisionRow(
                        "paused for long is nobody's emergency",
                        given().alertOn(1).pausedEverywhere().held(Reason.PAUSED, 9999),
                        Decision.Suppress.class,
                        Reason.PAUSED));
    }

    @Test
    void givenTwoAccusedTasks_whenTheAlertsOfOneAreSilenced_thenTheOtherIsRestarted() {
        Decision decision = given().tasks(5)
                .alertOn(1)
                .alertOn(2)
                .silenced("task_arn=\"" + task(1).arn() + "\"")
                .decide();

        assertThat(decision).isInstanceOfSatisfying(Decision.Act.class, act -> assertThat(act.action())
                .isEqualTo(new Action.RestartTask(ORDER, task(2))));
    }

    @TestFactory
    Stream<DynamicTest> whatTakesAPersonsYes() {
        Action redeploy = new Action.Redeploy(ORDER);
        return table(
                new DecisionRow(
                        "nobody was asked yet",
                        given().approval("restart-task, redeploy").alertOn(1),
                        Decision.Ask.class,
                        Reason.APPROVAL_REQUIRED),
                new DecisionRow(
                        "another rung takes a yes",
                        given().approval("redeploy").alertOn(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "asked, and no answer yet",
                        given().approval("restart-task, redeploy").alertOn(1).asked(RESTART_1, 1, 1),
                        Decision.Suppress.class,
                        Reason.APPROVAL_REQUIRED),
                new DecisionRow(
                        "asked for long, and still no answer",
                        given().approval("restart-task, redeploy")
                                .alertOn(1)
                                .asked(RESTART_1, 1, 1)
                                .held(Reason.APPROVAL_REQUIRED, 9999),
                        Decision.Suppress.class,
                        Reason.APPROVAL_REQUIRED),
                new DecisionRow(
                        "no answer in time",
                        given().approval("restart-task, redeploy").alertOn(1).asked(RESTART_1, 1, 0),
                        Decision.Escalate.class,
                        Reason.NOT_APPROVED),
                new DecisionRow(
                        "yes",
                        given().approval("restart-task, redeploy")
                                .alertOn(1)
                                .asked(RESTART_1, 1, 1)
                                .granted(),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "yes, and time went by",
                        given().approval("restart-task, redeploy")
                                .alertOn(1)
                                .asked(RESTART_1, 1, 0)
                                .granted(),
                        Decision.Escalate.class,
                        Reason.NOT_APPROVED),
                new DecisionRow(
                        "yes to another task",
                        given().approval("restart-task, redeploy")
                                .tasks(5)
                                .alertOn(2)
                                .asked(RESTART_1, 1, 1)
                                .granted(),
                        Decision.Ask.class,
                        Reason.APPROVAL_REQUIRED),
                new DecisionRow(
                        "yes to another attempt",
                        given().approval("restart-task, redeploy")
                                .alertOn(1)
                                .sick(1)
                                .tried(RESTART_1)
                                .asked(redeploy, 1, 1)
                                .granted(),
                        Decision.Ask.class,
                        Reason.APPROVAL_REQUIRED),
                new DecisionRow(
                        "yes, and another guardrail says no",
                        given().approval("restart-task, redeploy")
                                .alertOn(1)
                                .asked(RESTART_1, 1, 1)
                                .granted()
                                .pausedEverywhere(),
                        Decision.Suppress.class,
                        Reason.PAUSED),
                new DecisionRow(
                        "nobody is asked for what would not be done",
                        given().approval("restart-task, redeploy").alertOn(1).actionAgo(ORDER, 1),
                        Decision.Suppress.class,
                        Reason.COOLDOWN),
                new DecisionRow(
                        "nobody is asked in shadow",
                        given().shadow().approval("redeploy").alertOn(1),
                        Decision.Suppress.class,
                        Reason.SHADOW));
    }
}
