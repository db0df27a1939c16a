package io.selfheal.healer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.policy.Policy.Mode;
import io.selfheal.healer.policy.Policy.Scope;
import io.selfheal.healer.testkit.HealerBench;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PolicyFileTest {
    private static final String GOOD = """
            version: 1
            name: demo
            storm: {services: 4, window: PT30S, hold: PT2M}
            calls: {order: [user, product]}
            windows: [{name: batch, services: [order], days: [sat, sun], from: '22:00', to: '01:00', zone: Europe/Berlin}, {name: move, from: '2026-12-24T18:00:00Z', to: '2026-12-25T06:00:00Z'}]
            policies:
              - name: sick-task
                match: ['alertname=~"TaskDown|TaskStuck"', 'service_name=~".+"']
                ladder: [restart-task, redeploy, scale-out, escalate]
                mode: act
                cooldown: PT5S
                budgets:
                  - {scope: service, limit: 60, window: PT1H}
                  - {scope: global, limit: 200, window: P1D}
                healthyFloor: {percent: 51}
                strikes: {limit: 4, window: PT2H, quarantine: PT3H}
                verification: {stabilisation: PT2S, deadline: PT30S}
                lease: PT15S
                scaleOut: {add: 1, ceiling: 6, returnAfter: PT10M}
              - name: rest
                match: [alertname=~".+"]
                ladder: [escalate]
            alarms: [{match: ['alertname=~"order.*"'], service: order, cluster: shop, labels: {alertname: ErrorBurst}}, {match: [namespace=Shop], labels: {alertname: Slow}}]
            """;

    private static List<String> problems(String yaml) {
        InvalidPolicyException invalid =
                catchThrowableOfType(InvalidPolicyException.class, () -> PolicyFile.parse("p.yaml", yaml));
        assertThat(invalid).as("accepted:\n%s", yaml).isNotNull();
        return invalid.problems();
    }

    @Nested
    class GivenAGoodFile {
        private final Policies policies = PolicyFile.parse("p.yaml", GOOD);

        @Test
        void thenEveryFieldIsRead() {
            Policy policy = policies.policies().getFirst();
            assertThat(policy.name()).isEqualTo("sick-task");
            assertThat(policy.ladder())
                    .containsExactly(Rung.RESTART_TASK, Rung.REDEPLOY, Rung.SCALE_OUT, Rung.ESCALATE);
            assertThat(policy.mode()).isEqualTo(Mode.ACT);
            assertThat(policy.cooldown()).isEqualTo(Duration.ofSeconds(5));
            assertThat(policy.budgets())
                    .containsExactly(
                            new Policy.Budget(Scope.SERVICE, 60, Duration.ofHours(1)),
                            new Policy.Budget(Scope.GLOBAL, 200, Duration.ofDays(1)));
            assertThat(policy.healthyFloor()).isEqualTo(new HealthyFloor.Percent(51));
            assertThat(policy.strikes()).isEqualTo(new Policy.Strikes(4, Duration.ofHours(2), Duration.ofHours(3)));
            assertThat(policy.verification())
                    .isEqualTo(new Policy.Verification(Duration.ofSeconds(2), Duration.ofSeconds(30)));
            assertThat(policy.lease()).isEqualTo(Duration.ofSeconds(15));
            assertThat(policy.scaleOut()).contains(new Policy.ScaleOutLimits(1, 6, Duration.ofMinutes(10)));
            assertThat(policies.lookback()).isEqualTo(Duration.ofDays(1));
            assertThat(policies.storm()).isEqualTo(new StormBreaker(4, Duration.ofSeconds(30), Duration.ofMinutes(2)));
        }

        @Test
        void thenFlappingIsWhatTheFileSays_orSixFlipsInTenMinutes() {
            assertThat(policies.flap()).isEqualTo(new FlapBreaker(6, Duration.ofMinutes(10), Duration.ofHours(1)));
            assertThat(PolicyFile.parse("p.yaml", GOOD + "flap: {flips: 8, window: PT5M, quarantine: PT30M}\n")
                            .flap())
                    .isEqualTo(new FlapBreaker(8, Duration.ofMinutes(5), Duration.ofMinutes(30)));
        }

        @Test
        void thenTheAlarmsAreRead() {
            assertThat(policies.alarms()).hasSize(2);
            AlarmMapping first = policies.alarms().getFirst();
            assertThat(first.service()).contains("order");
            assertThat(first.cluster()).contains("shop");
            assertThat(first.labels()).containsExactly(Map.entry("alertname", "ErrorBurst"));
            assertThat(first.matches(Map.of("alertname", "order-cpu"))).isTrue();
            assertThat(first.matches(Map.of("alertname", "user-cpu"))).isFalse();
            assertThat(policies.alarms().getLast().service()).isEmpty();
        }

        @Test
        void thenTheWindowsAreRead() {
            assertThat(policies.windows())
                    .containsExactly(
                            new MaintenanceWindow(
                                    "batch",
                                    Set.of("order"),
                                    new MaintenanceWindow.Times.Local(
                                            Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                                            Set.of(),
                                            LocalTime.of(22, 0),
                                            LocalTime.of(1, 0),
                                            ZoneId.of("Europe/Berlin"))),
                            new MaintenanceWindow(
                                    "move",
                                    Set.of(),
                                    new MaintenanceWindow.Times.Once(
                                            Instant.parse("2026-12-24T18:00:00Z"),
                                            Instant.parse("2026-12-25T06:00:00Z"))));
            assertThat(policies.windowsOf(new ServiceId("selfheal", "user"))).hasSize(1);
            assertThat(policies.windowsOf(new ServiceId("selfheal", "order"))).hasSize(2);
        }

        @Test
        void thenTheFirstMatchWins() {
            assertThat(policies.match(Map.of("alertname", "TaskStuck", "service_name", "order")))
                    .map(Policy::name)
                    .contains("sick-task");
            assertThat(policies.match(Map.of("alertname", "TaskStuck")))
                    .map(Policy::name)
                    .contains("rest");
            assertThat(policies.match(Map.of())).isEmpty();
        }

        @Test
        void thenTheLabelNamesFileAndText() {
            assertThat(policies.label()).matches("demo@[0-9a-f]{8}");
            assertThat(PolicyFile.parse("p.yaml", GOOD + "# other").label()).isNotEqualTo(policies.label());
        }

        @Test
        void thenWhatIsLeftOutIsCautious() {
            Policy rest = policies.policies().getLast();
            assertThat(rest.mode()).isEqualTo(Mode.SHADOW);
            assertThat(rest.budgets()).isNotEmpty();
            assertThat(rest.cooldown()).isEqualTo(Duration.ofMinutes(5));
            assertThat(rest.warmUp()).isEqualTo(Duration.ofMinutes(1));
            assertThat(PolicyFile.parse("t.yaml", HealerBench.POLICIES).storm())
                    .isEqualTo(new StormBreaker(3, Duration.ofMinutes(1), Duration.ofMinutes(5)));
        }

        @Test
        void thenTheTestsOwnPoliciesAreGoodToo() {
            assertThat(PolicyFile.parse("t.yaml", HealerBench.POLICIES).policies())
                    .hasSize(2);
        }
    }

    private record Mistake(String good, String bad, String problem) {}

    @TestFactory
    Stream<DynamicTest> eachMistakeIsNamedWithFileLineAndField() {
        return Stream.of(
                        new Mistake(
                                "version: 1", "version: 2", "p.yaml:1: version: expected a whole number from 1 to 1"),
                        new Mistake("version: 1\n", "", "version: is missing"),
                        new Mistake("name: demo\n", "", "name: is missing"),
                        new Mistake(
                                "services: 4", "services: 1", "storm.services: expected a whole number of at least 2"),
                        new Mistake("[user, product]", "[order]", "calls.order: calls itself"),
                        new Mistake("[user, product]", "user", "calls.order: expected a list"),
                        new Mistake("hold: PT2M", "holds: PT2M", "storm.holds: is not known, did you mean 'hold'?"),
                        new Mistake(
                                "hold: PT2M",
                                "hold: PT2M, rearm: humans",
                                "storm.rearm: expected one of auto, human, was 'humans', did you mean 'human'?"),
                        new Mistake(
                                "hold: PT2M}",
                                "hold: PT2M}\nflap: {flips: 1}",
                                "flap.flips: expected a whole number from 2 to 1000"),
                        new Mistake(
                                "    cooldown: PT5S",
                                "    approval: [escalate]\n    cooldown: PT5S",
                                "policies[0].approval: names escalate"),
                        new Mistake(
                                "ladder: [escalate]",
                                "ladder: [escalate]\n    approval: [redeploy]",
                                "policies[1].approval: names a rung that the ladder does not hold"),
                        new Mistake("name: batch, ", "", "windows[0].name: is missing"),
                        new Mistake("services: [order], ", "services: [], ", "windows[0].services: is empty"),
                        new Mistake("[sat, sun]", "[sat, sum]", "windows[0].days: expected one of mon, tue"),
                        new Mistake("[sat, sun]", "[]", "windows[0].days: is empty, so that it never opens"),
                        new Mistake("days: [sat, sun]", "dates: [24.12.]", "windows[0].dates: expected a date such as"),
                        new Mistake(
                                "days: [sat, sun]", "days: [sat], dates: ['2026-12-24']", "write either days or dates"),
                        new Mistake("'22:00'", "10 pm", "windows[0].from: expected a time of day in quotes"),
                        new Mistake("to: '01:00', ", "", "windows[0].to: is missing"),
                        new Mistake("Europe/Berlin", "Europe/Atlantis", "windows[0].zone: expected a zone such as"),
                        new Mistake(", zone: Europe/Berlin", "", "windows[0].zone: is missing"),
                        new Mistake(
                                "'2026-12-24T18:00:00Z'", "'18:00'", "windows[1].from: expected a moment in quotes"),
                        new Mistake("2026-12-25T06", "2026-12-24T06", "windows[1].to: expected after from"),
                        new Mistake("name: move, ", "name: move, untl: x, ", "windows[1].untl: is not known"),
                        new Mistake("['alertname=~\"order.*\"']", "[]", "alarms[0].match: holds no condition"),
                        new Mistake(
                                ", service: order, cluster", ", cluster", "alarms[0].cluster: says nothing without"),
                        new Mistake("{alertname: ErrorBurst}", "{}", "alarms[0].labels: holds no label"),
                        new Mistake("{alertname: Slow}", "{cluster: Slow}", "alarms[1].labels.cluster: is not a label"),
                        new Mistake("{alertname: Slow}", "{alert-name: Slow}", "alarms[1].labels.alert-name: is not"),
                        new Mistake(", labels: {alertname: Slow}", "", "alarms[1].service: is missing"),
                        new Mistake(
                                "service: order, cluster", "servce: order, cluster", "alarms[0].servce: is not known"),
                        new Mistake(
                                "    cooldown: PT5S",
                                "    cooldwon: PT5S",
                                "p.yaml:11: policies[0].cooldwon: is not known, did you mean 'cooldown'?"),
                        new Mistake(
                                "cooldown: PT5S",
                                "cooldown: 5s",
                                "p.yaml:11: policies[0].cooldown: expected an ISO-8601 duration such as PT30S"),
                        new Mistake(
                                "cooldown: PT5S", "cooldown: PT0S", "cooldown: expected a duration longer than zero"),
                        new Mistake(
                                "cooldown: PT5S", "cooldown: PT-5S", "cooldown: expected a duration longer than zero"),
                        new Mistake("cooldown: PT5S", "cooldown: [PT5S]", "cooldown: expected one value"),
                        new Mistake(
                                "mode: act",
                                "mode: live",
                                "p.yaml:10: policies[0].mode: expected one of act, shadow, was 'live'"),
                        new Mistake(
                                "[restart-task, redeploy, scale-out, escalate]",
                                "[]",
                                "p.yaml:9: policies[0].ladder: is empty"),
                        new Mistake(
                                "[restart-task, redeploy, scale-out, escalate]",
                                "[restart-tsk, scale-out]",
                                "ladder: unknown rung 'restart-tsk', did you mean 'restart-task'?"),
                        new Mistake(
                                "[restart-task, redeploy, scale-out, escalate]",
                                "[escalate, scale-out]",
                                "ladder: goes on after escalate"),
                        new Mistake(
                                "[restart-task, redeploy, scale-out, escalate]",
                                "[scale-out, redeploy, redeploy]",
                                "ladder: names a rung twice"),
                        new Mistake(
                                "[restart-task, redeploy, scale-out, escalate]",
                                "[restart-task]",
                                "scaleOut: is never used"),
                        new Mistake(
                                "limit: 60",
                                "limit: 0",
                                "p.yaml:13: policies[0].budgets[0].limit: expected a whole number of at least 1, was '0'"),
                        new Mistake("limit: 60, window: PT1H", "limit: 60", "budgets[0].window: is missing"),
                        new Mistake("scope: service", "scope: servce", "did you mean 'service'?"),
                        new Mistake(
                                "percent: 51",
                                "percent: 101",
                                "healthyFloor.percent: expected a whole number from 0 to 100"),
                        new Mistake("{percent: 51}", "{}", "healthyFloor.percent: write either percent or count"),
                        new Mistake("{percent: 51}", "{percent: 51, count: 1}", "write either percent or count"),
                        new Mistake("limit: 4", "limit: none", "strikes.limit: expected a whole number"),
                        new Mistake(
                                "stabilisation: PT2S",
                                "stabilisation: PT0S",
                                "verification.stabilisation: expected a duration longer than zero"),
                        new Mistake(
                                "deadline: PT30S",
                                "deadline: PT1S",
                                "verification.deadline: has to be longer than stabilisation"),
                        new Mistake(
                                ", returnAfter: PT10M",
                                "",
                                "scaleOut.returnAfter: is missing; a scale-out has to end by itself"),
                        new Mistake(
                                "    scaleOut: {add: 1, ceiling: 6, returnAfter: PT10M}\n",
                                "",
                                "scaleOut: is missing; the ladder scales out"),
                        new Mistake(
                                "'alertname=~\"TaskDown|TaskStuck\"'",
                                "'alertname=~\"(\"'",
                                "p.yaml:8: policies[0].match: not a regular expression"),
                        new Mistake("[alertname=~\".+\"]", "[]", "policies[1].match: holds no condition"),
                        new Mistake(
                                "  - name: rest",
                                "  - name: sick-task",
                                "policies: the name 'sick-task' is used twice"),
                        new Mistake("    mode: act", "    mode: act\n    mode: shadow", "mode: is written twice"),
                        new Mistake("policies:", "polices:", "polices: is not known, did you mean 'policies'?"),
                        new Mistake(
                                "budgets:\n", "budgets: []\n    x:\n", "budgets: is empty, which would mean no limit"))
                .map(mistake -> DynamicTest.dynamicTest(mistake.problem(), () -> {
                    assertThat(GOOD).contains(mistake.good());
                    assertThat(problems(GOOD.replace(mistake.good(), mistake.bad())))
                            .anyMatch(problem -> problem.startsWith("p.yaml:") && problem.contains(mistake.problem()));
                }));
    }

    @Test
    void givenSeveralMistakes_thenAllAreToldInTheOrderOfTheFile() {
        List<String> problems = problems(GOOD.replace("mode: act", "mode: x")
                .replace("cooldown: PT5S", "cooldown: x")
                .replace("lease: PT15S", "lease: x"));

        assertThat(problems).hasSize(3);
        assertThat(problems.get(0)).startsWith("p.yaml:10:");
        assertThat(problems.get(1)).startsWith("p.yaml:11:");
        assertThat(problems.get(2)).startsWith("p.yaml:18:");
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoPolicyFileIsRefusedAndNeverBreaks() {
        String nested = "a: ".repeat(1) + "[".repeat(60) + "]".repeat(60);
        return Stream.of(
                        "",
                        "   ",
                        "just text",
                        "[1, 2]",
                        "a: [",
                        "a: b: c",
                        "\t",
                        "policies: 5",
                        "policies: [1, x]",
                        nested,
                        "!!java.net.URL [http://x]",
                        "a: &a [*a]")
                .map(text -> DynamicTest.dynamicTest(
                        "'" + text + "'", () -> assertThatThrownBy(() -> PolicyFile.parse("p.yaml", text))
                                .isInstanceOf(InvalidPolicyException.class)
                                .hasMessageContaining("p.yaml:")));
    }
}
