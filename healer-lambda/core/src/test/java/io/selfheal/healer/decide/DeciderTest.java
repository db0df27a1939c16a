package io.selfheal.healer.decide;

import static io.selfheal.healer.decide.DecisionCase.given;
import static io.selfheal.healer.decide.DecisionRow.table;
import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.Reason;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is chosen, and what a decision tells. */
class DeciderTest {
    private static final ServiceId ORDER = service("order");
    private static final Action RESTART_1 = new Action.RestartTask(ORDER, task(1));

    @TestFactory
    Stream<DynamicTest> whatIsChosen() {
        return table(
                new DecisionRow(
                        "an alert names a healthy looking task",
                        given().alertOn(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "an alert names a hung task", given().alertOn(1).sick(1), Decision.Act.class, Reason.SICK_TASK),
                new DecisionRow(
                        "a service alert and one task probed sick",
                        given().serviceAlert().sick(2),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "a service alert and nobody sick",
                        given().serviceAlert(),
                        Decision.Suppress.class,
                        Reason.NO_SICK_TASK),
                new DecisionRow(
                        "a service alert and two of five probed sick",
                        given().tasks(5).serviceAlert().sick(1).sick(2),
                        Decision.Suppress.class,
                        Reason.NO_SICK_TASK),
                new DecisionRow(
                        "the named task is gone, its replacement starts",
                        given().alertOn(9).starting(2),
                        Decision.Wait.class,
                        Reason.REPLACEMENT_IN_PROGRESS),
                new DecisionRow(
                        "the named task is gone, all is well",
                        given().alertOn(9),
                        Decision.Resolve.class,
                        Reason.RECOVERED),
                new DecisionRow(
                        "the named task was never ready and is young",
                        given().alertOn(1).sick(1).startedAgo(1, 5),
                        Decision.Wait.class,
                        Reason.REPLACEMENT_IN_PROGRESS),
                new DecisionRow(
                        "the named task is young but was ready",
                        given().probeAlertOn(1).sick(1).startedAgo(1, 5).seenReady(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "saturation", given().alertNamed("ServiceSaturated"), Decision.Act.class, Reason.SATURATED),
                new DecisionRow(
                        "saturation at the ceiling",
                        given().tasks(4).alertNamed("ServiceSaturated"),
                        Decision.Escalate.class,
                        Reason.POLICY_ESCALATES),
                new DecisionRow("no policy", given().alertNamed("Odd"), Decision.Escalate.class, Reason.NO_POLICY),
                new DecisionRow(
                        "restart used, next rung",
                        given().alertOn(1).sick(1).tried(RESTART_1),
                        Decision.Act.class,
                        Reason.SERVICE_SICK),
                new DecisionRow(
                        "a replacement of ours is sick, next rung",
                        given().alertOn(2)
                                .sick(2)
                                .startedAgo(2, 40)
                                .tried(RESTART_1)
                                .actedAgo(50),
                        Decision.Act.class,
                        Reason.SERVICE_SICK),
                new DecisionRow(
                        "another old task is sick, same rung",
                        given().tasks(3).alertOn(2).sick(2).tried(RESTART_1).actedAgo(50),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "all rungs used",
                        given().alertOn(1).sick(1).tried(RESTART_1).tried(new Action.Redeploy(ORDER)),
                        Decision.Escalate.class,
                        Reason.LADDER_EXHAUSTED),
                new DecisionRow(
                        "a resolved alert of a well service",
                        given().alertOn(1).resolved(),
                        Decision.Resolve.class,
                        Reason.RECOVERED),
                new DecisionRow(
                        "a resolved alert of a sick service",
                        given().alertOn(1).resolved().sick(1),
                        Decision.Wait.class,
                        Reason.REPLACEMENT_IN_PROGRESS),
                new DecisionRow(
                        "the probe's alert, and it answers again",
                        given().probeAlertOn(1),
                        Decision.Resolve.class,
                        Reason.RECOVERED),
                new DecisionRow(
                        "the probe's alert, and it cannot be asked",
                        given().probeAlertOn(1).unprobed(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "the fleet cannot be read",
                        given().alertOn(1).fleetUnknown(),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN));
    }

    @Nested
    class GivenAnAct {
        @Test
        void thenItNamesActionAttemptAndLease() {
            assertThat(given().alertOn(1).sick(1).decide()).isInstanceOfSatisfying(Decision.Act.class, act -> {
                assertThat(act.action()).isEqualTo(RESTART_1);
                assertThat(act.attempt()).isEqualTo(1);
                assertThat(act.leaseUntil()).isEqualTo(DecisionCase.NOW.plus(Duration.ofSeconds(15)));
            });
        }

        @Test
        void whenScalingOut_thenTheCeilingIsKept() {
            assertThat(given().tasks(3).alertNamed("ServiceSaturated").decide())
                    .isInstanceOfSatisfying(Decision.Act.class, act -> assertThat(act.action())
                            .isEqualTo(new Action.ScaleOut(ORDER, 3, 4, Duration.ofMinutes(10))));
        }

        @Test
        void whenSeveralTasksAreNamed_thenTheOneThatIsAlsoProbedSickIsTheVictim() {
            assertThat(given().tasks(4).alertOn(1).alertOn(3).sick(3).decide())
                    .isInstanceOfSatisfying(Decision.Act.class, act -> assertThat(act.action())
                            .isEqualTo(new Action.RestartTask(ORDER, task(3))));
        }
    }

    @Nested
    class GivenARefusal {
        @Test
        void thenItSaysWhenToLookAgain() {
            Decision decision = given().alertOn(1).actionAgo(ORDER, 3).decide();

            assertThat(decision)
                    .isInstanceOfSatisfying(Decision.Suppress.class, suppress -> assertThat(suppress.retryAt())
                            .isEqualTo(DecisionCase.NOW.plusSeconds(2)));
        }

        @Test
        void whenItStandsForLong_thenItStillLooksForRecovery() {
            Decision decision = given().alertOn(1).actionsAgo(ORDER, 60, 100).decide();

            assertThat(decision)
                    .isInstanceOfSatisfying(Decision.Suppress.class, suppress -> assertThat(suppress.retryAt())
                            .isBefore(DecisionCase.NOW.plusSeconds(10)));
        }
    }

    @Test
    void givenAnIncidentThatIsOver_thenThereIsNothingToDecide() {
        assertThatThrownBy(() -> given().state(new IncidentState.Resolved(T0)).decide())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
