package io.selfheal.healer.decide;

import static io.selfheal.healer.decide.DecisionCase.given;
import static io.selfheal.healer.decide.DecisionRow.does;
import static io.selfheal.healer.decide.DecisionRow.table;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Reason;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;

/** Actions that are undone by themselves: what completes them and what ends them. */
class TemporaryActionsTest {
    private static final ServiceId ORDER = service("order");

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
                    new DecisionRow(
                            "waits while the replacement starts",
                            given().ladder(SURGE)
                                    .tasks(3)
                                    .starting(3)
                                    .alertOn(1)
                                    .verifying(OUT, 5)
                                    .measure(RETIRE, 100),
                            Decision.Wait.class,
                            Reason.NOT_YET_HEALED),
                    new DecisionRow(
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
                    new DecisionRow(
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
                    new DecisionRow(
                            "leaves the floor to the others",
                            given().ladder(SHIFT).tasks(2).unprobed(2).alertOn(1),
                            Decision.Suppress.class,
                            Reason.HEALTHY_FLOOR),
                    new DecisionRow(
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
}
