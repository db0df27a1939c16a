package io.selfheal.healer.decide;

import static io.selfheal.healer.decide.DecisionCase.given;
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
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DeciderTest {
    private static final ServiceId ORDER = service("order");
    private static final Action RESTART_1 = new Action.RestartTask(ORDER, task(1));

    private record Row(String name, DecisionCase given, Class<? extends Decision> decision, Reason reason) {}

    private static Stream<DynamicTest> table(Row... rows) {
        return Stream.of(rows)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    Decision decision = row.given().decide();
                    assertThat(decision).isInstanceOf(row.decision());
                    assertThat(decision.reason()).isEqualTo(row.reason());
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsChosen() {
        return table(
                new Row(
                        "an alert names a healthy looking task",
                        given().alertOn(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row("an alert names a hung task", given().alertOn(1).sick(1), Decision.Act.class, Reason.SICK_TASK),
                new Row(
                        "a service alert and one task probed sick",
                        given().serviceAlert().sick(2),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "a service alert and nobody sick",
                        given().serviceAlert(),
                        Decision.Suppress.class,
                        Reason.NO_SICK_TASK),
                new Row(
                        "a service alert and two of five probed sick",
                        given().tasks(5).serviceAlert().sick(1).sick(2),
                        Decision.Suppress.class,
                        Reason.NO_SICK_TASK),
                new Row(
                        "the named task is gone, its replacement starts",
                        given().alertOn(9).starting(2),
                        Decision.Wait.class,
                        Reason.REPLACEMENT_IN_PROGRESS),
                new Row(
                        "the named task is gone, all is well",
                        given().alertOn(9),
                        Decision.Resolve.class,
                        Reason.RECOVERED),
                new Row(
                        "the named task was never ready and is young",
                        given().alertOn(1).sick(1).startedAgo(1, 5),
                        Decision.Wait.class,
                        Reason.REPLACEMENT_IN_PROGRESS),
                new Row(
                        "the named task is young but was ready",
                        given().probeAlertOn(1).sick(1).startedAgo(1, 5).seenReady(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row("saturation", given().alertNamed("ServiceSaturated"), Decision.Act.class, Reason.SATURATED),
                new Row(
                        "saturation at the ceiling",
                        given().tasks(4).alertNamed("ServiceSaturated"),
                        Decision.Escalate.class,
                        Reason.POLICY_ESCALATES),
                new Row("no policy", given().alertNamed("Odd"), Decision.Escalate.class, Reason.NO_POLICY),
                new Row(
                        "restart used, next rung",
                        given().alertOn(1).sick(1).tried(RESTART_1),
                        Decision.Act.class,
                        Reason.SERVICE_SICK),
                new Row(
                        "a replacement of ours is sick, next rung",
                        given().alertOn(2)
                                .sick(2)
                                .startedAgo(2, 40)
                                .tried(RESTART_1)
                                .actedAgo(50),
                        Decision.Act.class,
                        Reason.SERVICE_SICK),
                new Row(
                        "another old task is sick, same rung",
                        given().tasks(3).alertOn(2).sick(2).tried(RESTART_1).actedAgo(50),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "all rungs used",
                        given().alertOn(1).sick(1).tried(RESTART_1).tried(new Action.Redeploy(ORDER)),
                        Decision.Escalate.class,
                        Reason.LADDER_EXHAUSTED),
                new Row(
                        "a resolved alert of a well service",
                        given().alertOn(1).resolved(),
                        Decision.Resolve.class,
                        Reason.RECOVERED),
                new Row(
                        "a resolved alert of a sick service",
                        given().alertOn(1).resolved().sick(1),
                        Decision.Wait.class,
                        Reason.REPLACEMENT_IN_PROGRESS),
                new Row(
                        "the probe's alert, and it answers again",
                        given().probeAlertOn(1),
                        Decision.Resolve.class,
                        Reason.RECOVERED),
                new Row(
                        "the probe's alert, and it cannot be asked",
                        given().probeAlertOn(1).unprobed(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "the fleet cannot be read",
                        given().alertOn(1).fleetUnknown(),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN));
    }

    @TestFactory
    Stream<DynamicTest> whatGuardrailsRefuse() {
        return table(
                new Row(
                        "paused everywhere",
                        given().alertOn(1).pausedEverywhere(),
                        Decision.Suppress.class,
                        Reason.PAUSED),
                new Row("paused here", given().alertOn(1).paused(ORDER), Decision.Suppress.class, Reason.PAUSED),
                new Row(
                        "paused elsewhere",
                        given().alertOn(1).paused(service("user")),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "pauses cannot be read",
                        given().alertOn(1).pausesUnknown(),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN),
                new Row(
                        "the task's budget is spent",
                        given().budget("{scope: target, limit: 2, window: P1D}")
                                .restartAgo(1, 4000)
                                .restartAgo(1, 80_000)
                                .alertOn(1),
                        Decision.Suppress.class,
                        Reason.BUDGET_SPENT),
                new Row(
                        "another task's budget is spent",
                        given().budget("{scope: target, limit: 2, window: P1D}")
                                .restartAgo(2, 4000)
                                .restartAgo(2, 80_000)
                                .alertOn(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "the hour's budget is free, the day's is spent",
                        given().budget("{scope: service, limit: 7, window: P1D}")
                                .actionsAgo(ORDER, 7, 80_000)
                                .alertOn(1),
                        Decision.Suppress.class,
                        Reason.BUDGET_SPENT),
                new Row(
                        "the day's budget is free again",
                        given().budget("{scope: service, limit: 7, window: P1D}")
                                .actionsAgo(ORDER, 7, 86_400)
                                .alertOn(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "in a maintenance window of all services",
                        given().alertOn(1).window(""),
                        Decision.Suppress.class,
                        Reason.MAINTENANCE_WINDOW),
                new Row(
                        "in a maintenance window of this service",
                        given().alertOn(1).window("services: [order, user], "),
                        Decision.Suppress.class,
                        Reason.MAINTENANCE_WINDOW),
                new Row(
                        "in a maintenance window of another service",
                        given().alertOn(1).window("services: [user], "),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "the maintenance window is over",
                        given().alertOn(1).windowIsOver(),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "a long maintenance window is nobody's emergency",
                        given().alertOn(1).window("").held(Reason.MAINTENANCE_WINDOW, 9999),
                        Decision.Suppress.class,
                        Reason.MAINTENANCE_WINDOW),
                new Row(
                        "pause wins over a maintenance window",
                        given().alertOn(1).window("").pausedEverywhere(),
                        Decision.Suppress.class,
                        Reason.PAUSED),
                new Row(
                        "three incidents of its own within ten minutes, each over again",
                        given().alertOn(1)
                                .pastIncident("order", 300)
                                .pastIncident("order", 200)
                                .pastIncident("order", 100),
                        Decision.Escalate.class,
                        Reason.FLAPPING),
                new Row(
                        "two incidents of its own before this one",
                        given().alertOn(1).pastIncident("order", 300).pastIncident("order", 200),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "others come and go",
                        given().alertOn(1)
                                .pastIncident("user", 300)
                                .pastIncident("user", 200)
                                .pastIncident("user", 100),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "it flapped within the hour",
                        given().alertOn(1)
                                .pastIncident("order", 3700)
                                .pastIncident("order", 3650)
                                .pastIncident("order", 3599),
                        Decision.Escalate.class,
                        Reason.FLAPPING),
                new Row(
                        "it flapped more than an hour ago",
                        given().alertOn(1)
                                .pastIncident("order", 3700)
                                .pastIncident("order", 3650)
                                .pastIncident("order", 3600),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "the only alert is silenced",
                        given().alertOn(1).silenced("service_name=\"order\""),
                        Decision.Suppress.class,
                        Reason.SILENCED),
                new Row(
                        "the probe's alert is silenced",
                        given().probeAlertOn(1).sick(1).silenced("alertname=~\"Probe.*\"", "cluster=\"selfheal\""),
                        Decision.Suppress.class,
                        Reason.SILENCED),
                new Row(
                        "a silence of another alert",
                        given().alertOn(1).silenced("service_name=\"order\"", "alertname=\"TaskDown\""),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "a silence that is over",
                        given().alertOn(1).silencedFor(0, "service_name=\"order\""),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "one of the task's two alerts is silenced",
                        given().alertOn(1).probeAlertOn(1).sick(1).silenced("alertname=\"TaskStuck\""),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "the alerts on the task are silenced, one on the service is not",
                        given().alertOn(1).serviceAlert().silenced("alertname=\"TaskStuck\""),
                        Decision.Suppress.class,
                        Reason.SILENCED),
                new Row(
                        "a silenced alert chooses no policy",
                        given().alertNamed("ServiceSaturated").alertOn(1).silenced("alertname=\"ServiceSaturated\""),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "nobody is called about what is silenced",
                        given().alertOn(1)
                                .sick(1)
                                .tried(RESTART_1)
                                .tried(new Action.Redeploy(ORDER))
                                .silenced("service_name=\"order\""),
                        Decision.Suppress.class,
                        Reason.SILENCED),
                new Row(
                        "silences cannot be read",
                        given().alertOn(1).silencesUnknown(),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN),
                new Row(
                        "silences cannot be read, and the ladder is at its end",
                        given().alertOn(1)
                                .sick(1)
                                .tried(RESTART_1)
                                .tried(new Action.Redeploy(ORDER))
                                .silencesUnknown(),
                        Decision.Escalate.class,
                        Reason.LADDER_EXHAUSTED),
                new Row(
                        "the ledger cannot be read",
                        given().alertOn(1).ledgerUnknown(),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN),
                new Row(
                        "a deployment",
                        given().alertOn(1).deploying(),
                        Decision.Suppress.class,
                        Reason.DEPLOYMENT_IN_PROGRESS),
                new Row(
                        "within the cooldown",
                        given().alertOn(1).actionAgo(ORDER, 4),
                        Decision.Suppress.class,
                        Reason.COOLDOWN),
                new Row(
                        "after the cooldown",
                        given().alertOn(1).actionAgo(ORDER, 5),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "another service's cooldown",
                        given().alertOn(1).actionAgo(service("user"), 1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "the service's budget is spent",
                        given().alertOn(1).actionsAgo(ORDER, 60, 100),
                        Decision.Suppress.class,
                        Reason.BUDGET_SPENT),
                new Row(
                        "one is left of the service's budget",
                        given().alertOn(1).actionsAgo(ORDER, 59, 100),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "the service's budget is free again",
                        given().alertOn(1).actionsAgo(ORDER, 60, 3601),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "the global budget is spent by others",
                        given().alertOn(1).actionsAgo(service("user"), 200, 100),
                        Decision.Suppress.class,
                        Reason.BUDGET_SPENT),
                new Row(
                        "both of two sick",
                        given().alertOn(1).sick(1).sick(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new Row(
                        "two of two accused, and the alert on the other ended a moment ago",
                        given().alertOn(2).resolvedAgo(19).alertOn(1),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new Row(
                        "the alert on the other ended long ago",
                        given().alertOn(2).resolvedAgo(20).alertOn(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "one other service fell ill",
                        given().alertOn(1).otherIncident("user", 620).otherIncident("user", 610),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "three others fell ill after this one, and the hold lasts",
                        given().alertOn(1)
                                .otherIncident("user", 340)
                                .otherIncident("product", 330)
                                .otherIncident("cart", 299),
                        Decision.Suppress.class,
                        Reason.STORM),
                new Row(
                        "the hold is over",
                        given().alertOn(1)
                                .otherIncident("user", 340)
                                .otherIncident("product", 330)
                                .otherIncident("cart", 300),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "a storm that a person ends, long after its hold",
                        given().rearmedByHumans().alertOn(1).stormStandsSince(9999),
                        Decision.Suppress.class,
                        Reason.STORM),
                new Row(
                        "a storm that a person ends, and it cannot be read whether one stands",
                        given().rearmedByHumans().alertOn(1).latchUnknown(),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN),
                new Row(
                        "where storms end by themselves, nobody asks for one that stands",
                        given().alertOn(1).latchUnknown(),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "a storm that a person ends, just seen",
                        given().rearmedByHumans()
                                .alertOn(1)
                                .otherIncident("user", 340)
                                .otherIncident("product", 330)
                                .otherIncident("cart", 299),
                        Decision.Suppress.class,
                        Reason.STORM),
                new Row(
                        "a person re-armed after they fell ill",
                        given().rearmedByHumans()
                                .alertOn(1)
                                .otherIncident("user", 340)
                                .otherIncident("product", 330)
                                .otherIncident("cart", 299)
                                .rearmedAgo(298),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "a person re-armed, and then three more fell ill",
                        given().rearmedByHumans()
                                .alertOn(1)
                                .otherIncident("user", 40)
                                .otherIncident("product", 30)
                                .otherIncident("cart", 20)
                                .rearmedAgo(41),
                        Decision.Suppress.class,
                        Reason.STORM),
                new Row(
                        "a service that it calls is sick",
                        given().calls("product").alertOn(1).otherIncident("product", 400),
                        Decision.Suppress.class,
                        Reason.CALLEE_SICK),
                new Row(
                        "a service that it calls was sick a moment ago, when the alert began",
                        given().calls("product").alertOn(1).begunAgo(20).pastIncident("product", 19),
                        Decision.Suppress.class,
                        Reason.CALLEE_SICK),
                new Row(
                        "a service that it calls was sick when the alert began, and that is over for long",
                        given().calls("product").alertOn(1).begunAgo(21).pastIncident("product", 20),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "a service that it calls was well again before the alert began",
                        given().calls("product").alertOn(1).begunAgo(18).pastIncident("product", 19),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "a service that it does not call is sick",
                        given().calls("product").alertOn(1).otherIncident("user", 400),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "a service that it calls is sick, but this one task is sick by the probe's word",
                        given().calls("product").alertOn(1).sick(1).otherIncident("product", 400),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "a service that it calls is sick for longer than the patience",
                        given().calls("product")
                                .alertOn(1)
                                .otherIncident("product", 400)
                                .held(Reason.CALLEE_SICK, 120),
                        Decision.Escalate.class,
                        Reason.CALLEE_SICK),
                new Row(
                        "other incidents cannot be read",
                        given().alertOn(1).openingsUnknown(),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN),
                new Row(
                        "two of four sick",
                        given().tasks(4).alertOn(1).sick(1).sick(2),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "three of four sick",
                        given().tasks(4).alertOn(1).sick(1).sick(2).sick(3),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new Row(
                        "one sick, and the other was slow a moment ago",
                        given().alertOn(1).sick(1).servedBadlyLately(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new Row(
                        "one sick, and it alone was slow a moment ago",
                        given().alertOn(1).sick(1).servedBadlyLately(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "one sick, and one that is gone was slow a moment ago",
                        given().alertOn(1).sick(1).servedBadlyLately(9),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "all named by alerts though probed healthy",
                        given().alertOn(1).alertOn(2),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new Row(
                        "an alert that needs the probe's word, and the probe finds the task healthy",
                        given().confirm("probe").alertOn(1),
                        Decision.Suppress.class,
                        Reason.NOT_CONFIRMED),
                new Row(
                        "an alert that needs the probe's word, and the probe could not ask",
                        given().confirm("probe").alertOn(1).unprobed(1),
                        Decision.Suppress.class,
                        Reason.NOT_CONFIRMED),
                new Row(
                        "an alert that needs the probe's word, and the probe sees it too",
                        given().confirm("probe").alertOn(1).sick(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "unconfirmed for longer than the patience",
                        given().confirm("probe").alertOn(1).held(Reason.NOT_CONFIRMED, 120),
                        Decision.Escalate.class,
                        Reason.NOT_CONFIRMED),
                new Row(
                        "a newborn, found healthy by the probe",
                        given().startedAgo(1, 59).alertOn(1),
                        Decision.Suppress.class,
                        Reason.WARMING_UP),
                new Row(
                        "a newborn that was ready once, and once did not answer in time",
                        given().startedAgo(1, 59).seenReady(1).alertOn(1).sick(1),
                        Decision.Suppress.class,
                        Reason.WARMING_UP),
                new Row(
                        "a newborn that was ready once, and that its probe finds sick time and again",
                        given().startedAgo(1, 59).seenReady(1).probeAlertOn(1).sick(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "a newborn that the probe could not ask",
                        given().startedAgo(1, 59).seenReady(1).alertOn(1).unprobed(1),
                        Decision.Suppress.class,
                        Reason.WARMING_UP),
                new Row(
                        "a task that has warmed up",
                        given().startedAgo(1, 60).alertOn(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row("the only task", given().tasks(1).alertOn(1), Decision.Suppress.class, Reason.HEALTHY_FLOOR),
                new Row(
                        "the other one is starting",
                        given().alertOn(1).starting(2),
                        Decision.Suppress.class,
                        Reason.HEALTHY_FLOOR),
                new Row(
                        "the other one cannot be asked",
                        given().alertOn(1).unprobed(2),
                        Decision.Suppress.class,
                        Reason.HEALTHY_FLOOR),
                new Row("three strikes", given().alertOn(1).strikes(3), Decision.Escalate.class, Reason.THREE_STRIKES),
                new Row("two strikes", given().alertOn(1).strikes(2), Decision.Act.class, Reason.SICK_TASK),
                new Row(
                        "three strikes of earlier incidents",
                        given().alertOn(1).earlierStrikes(3, 600),
                        Decision.Escalate.class,
                        Reason.THREE_STRIKES),
                new Row(
                        "the quarantine is over",
                        given().alertOn(1).earlierStrikes(3, 3700),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "pause wins over shadow",
                        given().shadow().alertOn(1).pausedEverywhere(),
                        Decision.Suppress.class,
                        Reason.PAUSED),
                new Row(
                        "shadow is last",
                        given().shadow().alertOn(1).actionAgo(ORDER, 1),
                        Decision.Suppress.class,
                        Reason.COOLDOWN),
                new Row("shadow", given().shadow().alertOn(1), Decision.Suppress.class, Reason.SHADOW),
                new Row(
                        "many sick for too long",
                        given().alertOn(1).sick(1).sick(2).held(Reason.MANY_SICK_TASKS, 120),
                        Decision.Escalate.class,
                        Reason.MANY_SICK_TASKS),
                new Row(
                        "many sick for a while",
                        given().alertOn(1).sick(1).sick(2).held(Reason.MANY_SICK_TASKS, 119),
                        Decision.Suppress.class,
                        Reason.MANY_SICK_TASKS),
                new Row(
                        "paused for long is nobody's emergency",
                        given().alertOn(1).pausedEverywhere().held(Reason.PAUSED, 9999),
                        Decision.Suppress.class,
                        Reason.PAUSED));
    }

    @TestFactory
    Stream<DynamicTest> whatTakesAPersonsYes() {
        Action redeploy = new Action.Redeploy(ORDER);
        return table(
                new Row(
                        "nobody was asked yet",
                        given().approval("restart-task, redeploy").alertOn(1),
                        Decision.Ask.class,
                        Reason.APPROVAL_REQUIRED),
                new Row(
                        "another rung takes a yes",
                        given().approval("redeploy").alertOn(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "asked, and no answer yet",
                        given().approval("restart-task, redeploy").alertOn(1).asked(RESTART_1, 1, 1),
                        Decision.Suppress.class,
                        Reason.APPROVAL_REQUIRED),
                new Row(
                        "asked for long, and still no answer",
                        given().approval("restart-task, redeploy")
                                .alertOn(1)
                                .asked(RESTART_1, 1, 1)
                                .held(Reason.APPROVAL_REQUIRED, 9999),
                        Decision.Suppress.class,
                        Reason.APPROVAL_REQUIRED),
                new Row(
                        "no answer in time",
                        given().approval("restart-task, redeploy").alertOn(1).asked(RESTART_1, 1, 0),
                        Decision.Escalate.class,
                        Reason.NOT_APPROVED),
                new Row(
                        "yes",
                        given().approval("restart-task, redeploy")
                                .alertOn(1)
                                .asked(RESTART_1, 1, 1)
                                .granted(),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
                        "yes, and time went by",
                        given().approval("restart-task, redeploy")
                                .alertOn(1)
                                .asked(RESTART_1, 1, 0)
                                .granted(),
                        Decision.Escalate.class,
                        Reason.NOT_APPROVED),
                new Row(
                        "yes to another task",
                        given().approval("restart-task, redeploy")
                                .tasks(5)
                                .alertOn(2)
                                .asked(RESTART_1, 1, 1)
                                .granted(),
                        Decision.Ask.class,
                        Reason.APPROVAL_REQUIRED),
                new Row(
                        "yes to another attempt",
                        given().approval("restart-task, redeploy")
                                .alertOn(1)
                                .sick(1)
                                .tried(RESTART_1)
                                .asked(redeploy, 1, 1)
                                .granted(),
                        Decision.Ask.class,
                        Reason.APPROVAL_REQUIRED),
                new Row(
                        "yes, and another guardrail says no",
                        given().approval("restart-task, redeploy")
                                .alertOn(1)
                                .asked(RESTART_1, 1, 1)
                                .granted()
                                .pausedEverywhere(),
                        Decision.Suppress.class,
                        Reason.PAUSED),
                new Row(
                        "nobody is asked for what would not be done",
                        given().approval("restart-task, redeploy").alertOn(1).actionAgo(ORDER, 1),
                        Decision.Suppress.class,
                        Reason.COOLDOWN),
                new Row(
                        "nobody is asked in shadow",
                        given().shadow().approval("redeploy").alertOn(1),
                        Decision.Suppress.class,
                        Reason.SHADOW));
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
    Stream<DynamicTest> whileActingAndVerifying() {
        return table(
                new Row(
                        "the lease holds",
                        given().alertOn(1).sick(1).acting(RESTART_1, 1),
                        Decision.Wait.class,
                        Reason.ACTION_IN_FLIGHT),
                new Row(
                        "the lease holds and nothing can be read",
                        given().alertOn(1).fleetUnknown().acting(RESTART_1, 1),
                        Decision.Wait.class,
                        Reason.ACTION_IN_FLIGHT),
                new Row(
                        "the lease is over",
                        given().alertOn(1).sick(1).acting(RESTART_1, 0),
                        Decision.Verify.class,
                        Reason.LEASE_EXPIRED),
                new Row(
                        "the replacement starts",
                        given().alertOn(9).starting(2).verifying(RESTART_1, 3),
                        Decision.Wait.class,
                        Reason.NOT_YET_HEALED),
                new Row(
                        "well, not for long enough",
                        given().alertOn(9).wellFor(1).verifying(RESTART_1, 3),
                        Decision.Wait.class,
                        Reason.STABILISING),
                new Row(
                        "well for long enough",
                        given().alertOn(9).wellFor(2).verifying(RESTART_1, 3),
                        Decision.Resolve.class,
                        Reason.VERIFIED),
                new Row(
                        "well for long, but not since the action",
                        given().alertOn(9).wellFor(600).verifying(RESTART_1, 1),
                        Decision.Wait.class,
                        Reason.STABILISING),
                new Row(
                        "well, but last seen before the action ended",
                        given().alertOn(9).wellFor(600).readAgo(5).verifying(RESTART_1, 4),
                        Decision.Wait.class,
                        Reason.NOT_YET_HEALED),
                new Row(
                        "well, and seen when the action ended, not since",
                        given().alertOn(9).wellFor(600).readAgo(4).verifying(RESTART_1, 4),
                        Decision.Wait.class,
                        Reason.STABILISING),
                new Row(
                        "well, and an alert still stands",
                        given().alertOn(1)
                                .wellFor(20)
                                .tried(RESTART_1)
                                .actedAgo(26)
                                .verifying(RESTART_1, 25),
                        Decision.Wait.class,
                        Reason.NOT_YET_HEALED),
                new Row(
                        "well, and a service alert still stands",
                        given().serviceAlert().wellFor(20).verifying(RESTART_1, 25),
                        Decision.Wait.class,
                        Reason.NOT_YET_HEALED),
                new Row(
                        "no alert left, a task cannot be asked",
                        given().alertOn(9).unprobed(1).verifying(RESTART_1, 25),
                        Decision.Wait.class,
                        Reason.NOT_YET_HEALED),
                new Row(
                        "nothing can be read",
                        given().alertOn(9).fleetUnknown().verifying(RESTART_1, 25),
                        Decision.Wait.class,
                        Reason.FACTS_UNKNOWN),
                new Row(
                        "nothing can be read at the deadline",
                        given().alertOn(9).fleetUnknown().verifying(RESTART_1, 30),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN),
                new Row(
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
                new Row(
                        "well at the deadline, still stabilising",
                        given().alertOn(9).wellFor(1).verifying(RESTART_1, 30),
                        Decision.Wait.class,
                        Reason.STABILISING),
                new Row(
                        "another task is sick beside it",
                        given().tasks(3)
                                .alertOn(2)
                                .sick(2)
                                .tried(RESTART_1)
                                .actedAgo(9)
                                .verifying(RESTART_1, 8),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new Row(
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
                new Row(
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
                new Row(
                        "its time has not come",
                        given().settling().measure(back, 60),
                        Decision.Wait.class,
                        Reason.STABILISING),
                new Row(
                        "its time has come",
                        given().settling().measure(back, 0),
                        Decision.Act.class,
                        Reason.MEASURE_DUE),
                new Row(
                        "its time has come within a cooldown and in shadow",
                        given().shadow().settling().measure(back, 0).actionAgo(ORDER, 1),
                        Decision.Act.class,
                        Reason.MEASURE_DUE),
                new Row(
                        "silences cannot be read, and what stands is undone",
                        given().settling().measure(back, 0).silencesUnknown(),
                        Decision.Act.class,
                        Reason.MEASURE_DUE),
                new Row(
                        "it flaps, and what stands is undone",
                        given().settling()
                                .measure(back, 0)
                                .pastIncident("order", 300)
                                .pastIncident("order", 200)
                                .pastIncident("order", 100),
                        Decision.Act.class,
                        Reason.MEASURE_DUE),
                new Row(
                        "its time has come, paused",
                        given().settling().measure(back, 0).pausedEverywhere(),
                        Decision.Suppress.class,
                        Reason.PAUSED),
                new Row(
                        "in a maintenance window what stands is undone",
                        given().settling().measure(back, 0).window(""),
                        Decision.Act.class,
                        Reason.MEASURE_DUE),
                new Row(
                        "its time has come during a deployment",
                        given().settling().measure(back, 0).deploying(),
                        Decision.Suppress.class,
                        Reason.DEPLOYMENT_IN_PROGRESS),
                new Row(
                        "its time has come with a human at it",
                        given().alertOn(1).escalated(Reason.LADDER_EXHAUSTED).measure(back, 0),
                        Decision.Act.class,
                        Reason.MEASURE_DUE),
                new Row(
                        "a second scale-out while one stands",
                        given().tasks(3).alertNamed("ServiceSaturated").measure(back, 60),
                        Decision.Escalate.class,
                        Reason.POLICY_ESCALATES),
                new Row(
                        "escalated, still sick",
                        given().alertOn(1).escalated(Reason.LADDER_EXHAUSTED),
                        Decision.Wait.class,
                        Reason.LADDER_EXHAUSTED),
                new Row(
                        "escalated, cannot be read",
                        given().alertOn(1).escalated(Reason.LADDER_EXHAUSTED).fleetUnknown(),
                        Decision.Wait.class,
                        Reason.LADDER_EXHAUSTED),
                new Row(
                        "escalated, recovered",
                        given().alertOn(9).escalated(Reason.LADDER_EXHAUSTED),
                        Decision.Resolve.class,
                        Reason.RECOVERED),
                new Row(
                        "escalated for want of a policy, now there is one",
                        given().alertNamed("Odd").alertOn(1).escalated(Reason.NO_POLICY),
                        Decision.Act.class,
                        Reason.SICK_TASK));
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

    @Test
    void givenHealed_thenItTellsSinceWhen() {
        Instant since = DecisionCase.NOW.minusSeconds(3);
        assertThat(given().alertOn(9).wellFor(3).verifying(RESTART_1, 20).decide())
                .isInstanceOfSatisfying(Decision.Resolve.class, resolve -> assertThat(resolve.wellSince())
                        .isEqualTo(since));
    }
}
