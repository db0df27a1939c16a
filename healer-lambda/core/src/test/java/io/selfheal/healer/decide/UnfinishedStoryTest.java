package io.selfheal.healer.decide;

import static io.selfheal.healer.decide.DecisionCase.given;
import static io.selfheal.healer.decide.DecisionRow.table;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Reason;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** While an action is carried out or verified, a temporary measure stands, or a person has it. */
class UnfinishedStoryTest {
    private static final ServiceId ORDER = service("order");
    private static final Action RESTART_1 = new Action.RestartTask(ORDER, task(1));

    @TestFactory
    Stream<DynamicTest> whileActingAndVerifying() {
        return table(
                new DecisionRow(
                        "the lease holds",
                        given().alertOn(1).sick(1).acting(RESTART_1, 1),
                        Decision.Wait.class,
                        Reason.ACTION_IN_FLIGHT),
                new DecisionRow(
                        "the lease holds and nothing can be read",
                        given().alertOn(1).fleetUnknown().acting(RESTART_1, 1),
                        Decision.Wait.class,
                        Reason.ACTION_IN_FLIGHT),
                new DecisionRow(
                        "the lease is over",
                        given().alertOn(1).sick(1).acting(RESTART_1, 0),
                        Decision.Verify.class,
                        Reason.LEASE_EXPIRED),
                new DecisionRow(
                        "the replacement starts",
                        given().alertOn(9).starting(2).verifying(RESTART_1, 3),
                        Decision.Wait.class,
                        Reason.NOT_YET_HEALED),
                new DecisionRow(
                        "well, not for long enough",
                        given().alertOn(9).wellFor(1).verifying(RESTART_1, 3),
                        Decision.Wait.class,
                        Reason.STABILISING),
                new DecisionRow(
                        "well for long enough",
                        given().alertOn(9).wellFor(2).verifying(RESTART_1, 3),
                        Decision.Resolve.class,
                        Reason.VERIFIED),
                new DecisionRow(
                        "well for long, but not since the action",
                        given().alertOn(9).wellFor(600).verifying(RESTART_1, 1),
                        Decision.Wait.class,
                        Reason.STABILISING),
                new DecisionRow(
                        "well, but last seen before the action ended",
                        given().alertOn(9).wellFor(600).readAgo(5).verifying(RESTART_1, 4),
                        Decision.Wait.class,
                        Reason.NOT_YET_HEALED),
                new DecisionRow(
                        "well, and seen when the action ended, not since",
                        given().alertOn(9).wellFor(600).readAgo(4).verifying(RESTART_1, 4),
                        Decision.Wait.class,
                        Reason.STABILISING),
                new DecisionRow(
                        "well, and an alert still stands",
                        given().alertOn(1)
                                .wellFor(20)
                                .tried(RESTART_1)
                                .actedAgo(26)
                                .verifying(RESTART_1, 25),
                        Decision.Wait.class,
                        Reason.NOT_YET_HEALED),
                new DecisionRow(
                        "well, and a service alert still stands",
                        given().serviceAlert().wellFor(20).verifying(RESTART_1, 25),
                        Decision.Wait.class,
                        Reason.NOT_YET_HEALED),
                new DecisionRow(
                        "no alert left, a task cannot be asked",
                        given().alertOn(9).unprobed(1).verifying(RESTART_1, 25),
                        Decision.Wait.class,
                        Reason.NOT_YET_HEALED),
                new DecisionRow(
                        "nothing can be read",
                        given().alertOn(9).fleetUnknown().verifying(RESTART_1, 25),
                        Decision.Wait.class,
                        Reason.FACTS_UNKNOWN),
                new DecisionRow(
                        "nothing can be read at the deadline",
                        given().alertOn(9).fleetUnknown().verifying(RESTART_1, 30),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN),
                new DecisionRow(
                        "not well at the deadline: the next rung",
                        given().alertOn(2)
                                .sick(2)
                                .startedAgo(2, 29)
                                .seenReady(2)
                                .tried(RESTART_1)
                                .actedAgo(31)
                                .verifying(RESTART_1, 30),
                        Decision.Act.class,
                        Reason.SERVICE_SICK),
                new DecisionRow(
                        "well at the deadline, still stabilising",
                        given().alertOn(9).wellFor(1).verifying(RESTART_1, 30),
                        Decision.Wait.class,
                        Reason.STABILISING),
                new DecisionRow(
                        "another task is sick beside it",
                        given().tasks(3)
                                .alertOn(2)
                                .sick(2)
                                .tried(RESTART_1)
                                .actedAgo(9)
                                .verifying(RESTART_1, 8),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "the replacement alarms",
                        given().tasks(3)
                                .alertOn(2)
                                .sick(2)
                                .startedAgo(2, 5)
                                .seenReady(2)
                                .tried(RESTART_1)
                                .actedAgo(9)
                                .verifying(RESTART_1, 8),
                        Decision.Wait.class,
                        Reason.NOT_YET_HEALED),
                new DecisionRow(
                        "the third strike falls now",
                        given().alertOn(1)
                                .strikes(2)
                                .ownActionAgo(31)
                                .tried(RESTART_1)
                                .actedAgo(31)
                                .verifying(RESTART_1, 30),
                        Decision.Escalate.class,
                        Reason.THREE_STRIKES));
    }

    @TestFactory
    Stream<DynamicTest> whileAMeasureStandsOrAHumanHasIt() {
        Action back = new Action.ScaleBack(ORDER, 3, 2);
        return table(
                new DecisionRow(
                        "its time has not come",
                        given().settling().measure(back, 60),
                        Decision.Wait.class,
                        Reason.STABILISING),
                new DecisionRow(
                        "its time has come",
                        given().settling().measure(back, 0),
                        Decision.Act.class,
                        Reason.MEASURE_DUE),
                new DecisionRow(
                        "its time has come within a cooldown and in shadow",
                        given().shadow().settling().measure(back, 0).actionAgo(ORDER, 1),
                        Decision.Act.class,
                        Reason.MEASURE_DUE),
                new DecisionRow(
                        "silences cannot be read, and what stands is undone",
                        given().settling().measure(back, 0).silencesUnknown(),
                        Decision.Act.class,
                        Reason.MEASURE_DUE),
                new DecisionRow(
                        "it flaps, and what stands is undone",
                        given().settling()
                                .measure(back, 0)
                                .pastIncident("order", 300)
                                .pastIncident("order", 200)
                                .pastIncident("order", 100),
                        Decision.Act.class,
                        Reason.MEASURE_DUE),
                new DecisionRow(
                        "its time has come, paused",
                        given().settling().measure(back, 0).pausedEverywhere(),
                        Decision.Suppress.class,
                        Reason.PAUSED),
                new DecisionRow(
                        "in a maintenance window what stands is undone",
                        given().settling().measure(back, 0).window(""),
                        Decision.Act.class,
                        Reason.MEASURE_DUE),
                new DecisionRow(
                        "its time has come during a deployment",
                        given().settling().measure(back, 0).deploying(),
                        Decision.Suppress.class,
                        Reason.DEPLOYMENT_IN_PROGRESS),
                new DecisionRow(
                        "its time has come with a human at it",
                        given().alertOn(1).escalated(Reason.LADDER_EXHAUSTED).measure(back, 0),
                        Decision.Act.class,
                        Reason.MEASURE_DUE),
                new DecisionRow(
                        "a second scale-out while one stands",
                        given().tasks(3).alertNamed("ServiceSaturated").measure(back, 60),
                        Decision.Escalate.class,
                        Reason.POLICY_ESCALATES),
                new DecisionRow(
                        "escalated, still sick",
                        given().alertOn(1).escalated(Reason.LADDER_EXHAUSTED),
                        Decision.Wait.class,
                        Reason.LADDER_EXHAUSTED),
                new DecisionRow(
                        "escalated, cannot be read",
                        given().alertOn(1).escalated(Reason.LADDER_EXHAUSTED).fleetUnknown(),
                        Decision.Wait.class,
                        Reason.LADDER_EXHAUSTED),
                new DecisionRow(
                        "escalated, recovered",
                        given().alertOn(9).escalated(Reason.LADDER_EXHAUSTED),
                        Decision.Resolve.class,
                        Reason.RECOVERED),
                new DecisionRow(
                        "escalated for want of a policy, now there is one",
                        given().alertNamed("Odd").alertOn(1).escalated(Reason.NO_POLICY),
                        Decision.Act.class,
                        Reason.SICK_TASK));
    }

    @Test
    void givenHealed_thenItTellsSinceWhen() {
        Instant since = DecisionCase.NOW.minusSeconds(3);
        assertThat(given().alertOn(9).wellFor(3).verifying(RESTART_1, 20).decide())
                .isInstanceOfSatisfying(Decision.Resolve.class, resolve -> assertThat(resolve.wellSince())
                        .isEqualTo(since));
    }
}
