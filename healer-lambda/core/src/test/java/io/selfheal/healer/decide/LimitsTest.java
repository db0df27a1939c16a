package io.selfheal.healer.decide;

import static io.selfheal.healer.decide.DecisionCase.given;
import static io.selfheal.healer.decide.DecisionRow.table;
import static io.selfheal.healer.testkit.Fixtures.service;

import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Reason;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** How often it may act: budgets, cooldowns, flaps, strikes. */
class LimitsTest {
    private static final ServiceId ORDER = service("order");

    @TestFactory
    Stream<DynamicTest> howOftenItMayAct() {
        return table(
                new DecisionRow(
                        "the task's budget is spent",
                        given().budget("{scope: target, limit: 2, window: P1D}")
                                .restartAgo(1, 4000)
                                .restartAgo(1, 80_000)
                                .alertOn(1),
                        Decision.Suppress.class,
                        Reason.BUDGET_SPENT),
                new DecisionRow(
                        "another task's budget is spent",
                        given().budget("{scope: target, limit: 2, window: P1D}")
                                .restartAgo(2, 4000)
                                .restartAgo(2, 80_000)
                                .alertOn(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "the hour's budget is free, the day's is spent",
                        given().budget("{scope: service, limit: 7, window: P1D}")
                                .actionsAgo(ORDER, 7, 80_000)
                                .alertOn(1),
                        Decision.Suppress.class,
                        Reason.BUDGET_SPENT),
                new DecisionRow(
                        "the day's budget is free again",
                        given().budget("{scope: service, limit: 7, window: P1D}")
                                .actionsAgo(ORDER, 7, 86_400)
                                .alertOn(1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "three incidents of its own within ten minutes, each over again",
                        given().alertOn(1)
                                .pastIncident("order", 300)
                                .pastIncident("order", 200)
                                .pastIncident("order", 100),
                        Decision.Escalate.class,
                        Reason.FLAPPING),
                new DecisionRow(
                        "two incidents of its own before this one",
                        given().alertOn(1).pastIncident("order", 300).pastIncident("order", 200),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "others come and go",
                        given().alertOn(1)
                                .pastIncident("user", 300)
                                .pastIncident("user", 200)
                                .pastIncident("user", 100),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "it flapped within the hour",
                        given().alertOn(1)
                                .pastIncident("order", 3700)
                                .pastIncident("order", 3650)
                                .pastIncident("order", 3599),
                        Decision.Escalate.class,
                        Reason.FLAPPING),
                new DecisionRow(
                        "it flapped more than an hour ago",
                        given().alertOn(1)
                                .pastIncident("order", 3700)
                                .pastIncident("order", 3650)
                                .pastIncident("order", 3600),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "the ledger cannot be read",
                        given().alertOn(1).ledgerUnknown(),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN),
                new DecisionRow(
                        "within the cooldown",
                        given().alertOn(1).actionAgo(ORDER, 4),
                        Decision.Suppress.class,
                        Reason.COOLDOWN),
                new DecisionRow(
                        "after the cooldown",
                        given().alertOn(1).actionAgo(ORDER, 5),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "another service's cooldown",
                        given().alertOn(1).actionAgo(service("user"), 1),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "load was shed within two minutes",
                        given().alertOn(1).ago(ActionKind.SHED, ORDER, 119),
                        Decision.Suppress.class,
                        Reason.LEFT_OVER),
                new DecisionRow(
                        "load was shed before that",
                        given().alertOn(1).ago(ActionKind.SHED, ORDER, 120),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "all were let in again within two minutes",
                        given().alertOn(1).ago(ActionKind.SHED, ORDER, 200).ago(ActionKind.RESTORE, ORDER, 119),
                        Decision.Suppress.class,
                        Reason.LEFT_OVER),
                new DecisionRow(
                        "a mode of another kind ended within two minutes",
                        given().alertOn(1).ago(ActionKind.RESTORE, ORDER, 60),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "another service's load was shed",
                        given().alertOn(1).ago(ActionKind.SHED, service("user"), 60),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "load was shed, and the probe sees the task sick",
                        given().sick(1).alertOn(1).ago(ActionKind.SHED, ORDER, 60),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "load was shed, and the service is to be rolled again",
                        given().ladder("[redeploy, escalate]").serviceAlert().ago(ActionKind.SHED, ORDER, 60),
                        Decision.Suppress.class,
                        Reason.LEFT_OVER),
                new DecisionRow(
                        "the service's budget is spent",
                        given().alertOn(1).actionsAgo(ORDER, 60, 100),
                        Decision.Suppress.class,
                        Reason.BUDGET_SPENT),
                new DecisionRow(
                        "one is left of the service's budget",
                        given().alertOn(1).actionsAgo(ORDER, 59, 100),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "the service's budget is free again",
                        given().alertOn(1).actionsAgo(ORDER, 60, 3601),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "the global budget is spent by others",
                        given().alertOn(1).actionsAgo(service("user"), 200, 100),
                        Decision.Suppress.class,
                        Reason.BUDGET_SPENT),
                new DecisionRow(
                        "three strikes", given().alertOn(1).strikes(3), Decision.Escalate.class, Reason.THREE_STRIKES),
                new DecisionRow("two strikes", given().alertOn(1).strikes(2), Decision.Act.class, Reason.SICK_TASK),
                new DecisionRow(
                        "three strikes of earlier incidents",
                        given().alertOn(1).earlierStrikes(3, 600),
                        Decision.Escalate.class,
                        Reason.THREE_STRIKES),
                new DecisionRow(
                        "the quarantine is over",
                        given().alertOn(1).earlierStrikes(3, 3700),
                        Decision.Act.class,
                        Reason.SICK_TASK));
    }
}
