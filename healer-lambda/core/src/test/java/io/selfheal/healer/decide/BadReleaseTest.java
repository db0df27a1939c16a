package io.selfheal.healer.decide;

import static io.selfheal.healer.decide.DecisionCase.given;
import static io.selfheal.healer.decide.DecisionRow.does;
import static io.selfheal.healer.decide.DecisionRow.table;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;

import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Reason;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What makes a release the cause, and what does not. */
class BadReleaseTest {
    private static final ServiceId ORDER = service("order");
    private static final String ALL = "[roll-back, degrade, shed, restart-task, escalate]";
    private static final Action ROLL_BACK = new Action.RollBack(ORDER, "order:2", "order:1");
    private static final Action RESTART_1 = new Action.RestartTask(ORDER, task(1));

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
                new DecisionRow(
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
                new DecisionRow(
                        "the release fails, but somebody deploys the next one already",
                        given().ladder(ALL)
                                .releasedAgo(90)
                                .alertOn(1)
                                .alertOn(2)
                                .deploying("order:3"),
                        Decision.Suppress.class,
                        Reason.DEPLOYMENT_IN_PROGRESS),
                new DecisionRow(
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
                new DecisionRow(
                        "an old task fails during a deployment",
                        given().ladder(ALL)
                                .tasks(3)
                                .rollingOutTo(3, 10)
                                .alertOn(1)
                                .detectedAgo(5),
                        Decision.Suppress.class,
                        Reason.DEPLOYMENT_IN_PROGRESS),
                new DecisionRow(
                        "the release is long ago",
                        given().ladder(ALL).releasedAgo(3600).alertOn(1).alertOn(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new DecisionRow(
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
                new DecisionRow(
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
                new DecisionRow(
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
                new DecisionRow(
                        "the trouble began before the deployment, and nothing is known of the old tasks",
                        given().ladder(ALL)
                                .tasks(3)
                                .rollingOutTo(3, 10)
                                .detectedAgo(120)
                                .alertOn(3)
                                .vitalsUnknown(),
                        Decision.Suppress.class,
                        Reason.DEPLOYMENT_IN_PROGRESS),
                new DecisionRow(
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
                new DecisionRow(
                        "rolled back already and still sick",
                        given().ladder(ALL)
                                .releasedAgo(90)
                                .alertOn(1)
                                .alertOn(2)
                                .tried(ROLL_BACK),
                        Decision.Escalate.class,
                        Reason.LADDER_EXHAUSTED),
                new DecisionRow(
                        "the release is a return to what ran before",
                        given().ladder(ALL)
                                .rolledBackAgo(90, Release.Status.COMPLETED)
                                .alertOn(1)
                                .alertOn(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new DecisionRow(
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
                new DecisionRow(
                        "the policy does not roll back",
                        given().releasedAgo(90).alertOn(1).alertOn(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new DecisionRow(
                        "paused",
                        given().ladder(ALL)
                                .releasedAgo(90)
                                .alertOn(1)
                                .alertOn(2)
                                .pausedEverywhere(),
                        Decision.Suppress.class,
                        Reason.PAUSED));
    }
}
