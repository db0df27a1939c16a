package io.selfheal.healer.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BacktestTest {
    private static final Instant T0 = Instant.parse("2026-05-01T10:00:00Z");
    private static final String POLICY = """
            version: 1
            name: candidate
            policies:
              - name: sick-task
                match: ['alertname="TaskStuck"']
                ladder: [restart-task, escalate]
                mode: act
                cooldown: PT1M
                verification: {stabilisation: PT5S, deadline: PT1M}
              - name: sick-service
                match: ['alertname="ServiceErrorRatio"']
                ladder: [redeploy, escalate]
                mode: act
                verification: {stabilisation: PT5S, deadline: PT2M}
              - name: saturated
                match: ['alertname="ServiceSaturated"']
                ladder: [scale-out, escalate]
                mode: act
                verification: {stabilisation: PT5S, deadline: PT2M}
                scaleOut: {add: 1, ceiling: 6, returnAfter: PT10M}
            """;
    private static final Policies ACTS = PolicyFile.parse("acts.yaml", POLICY);
    private static final Policies WATCHES =
            PolicyFile.parse("watches.yaml", POLICY.replace("mode: act", "mode: shadow"));

    private static String line(Duration after, String kind, String name, String service, String task) {
        return line(after, kind, name, service, task, T0);
    }

    private static String line(
            Duration after, String kind, String name, String service, String task, Instant startsAt) {
        return "{\"at\":\"%s\",\"kind\":\"%s\",\"service\":\"selfheal/%s\"%s,\"labels\":{\"alertname\":\"%s\"}%s}"
                .formatted(
                        T0.plus(after),
                        kind,
                        service,
                        task.isEmpty() ? "" : ",\"task\":\"" + task + "\"",
                        name,
                        ",\"fingerprint\":\"" + name + task + "\",\"startsAt\":\"" + startsAt + "\"");
    }

    private static String backtest(Policies policies, String... lines) {
        return new Backtest(SignalHistory.read("history.jsonl", Stream.of(lines)), 3).of(policies);
    }

    private static String compact(String report) {
        return report.replaceAll(" +", " ");
    }

    @Nested
    class GivenOneSickTask {
        private final String[] history = {
            line(Duration.ZERO, "firing", "TaskStuck", "order", "t/a"),
            line(Duration.ofMinutes(3), "resolved", "TaskStuck", "order", "t/a")
        };

        @Test
        void thenItIsRestartedAndHealed_andTheRecordedEndHasNoEffect() {
            assertThat(compact(backtest(ACTS, history)))
                    .contains("\n RESOLVED 1\n")
                    .contains("\n ACT SICK_TASK restart-task 1\n")
                    .contains("\n RESOLVE VERIFIED 1\n")
                    .contains("\nsignals without effect 1\n");
        }

        @Test
        void thenInShadowItIsOnlyWrittenDown_andEndsWhenTheRecordingEndsIt() {
            assertThat(compact(backtest(WATCHES, history)))
                    .contains("\n SUPPRESS SHADOW 1\n")
                    .contains("\n RESOLVE RECOVERED 1\n")
                    .doesNotContain("ACT ");
        }

        @Test
        void thenTwoPoliciesAreComparedIncidentByIncident() {
            String report =
                    compact(new Backtest(SignalHistory.read("history.jsonl", Stream.of(history)), 3).of(ACTS, WATCHES));

            assertThat(report)
                    .contains("\n ACT SICK_TASK restart-task 1 0 -1\n")
                    .contains("\n SUPPRESS SHADOW 0 1 +1\n")
                    .contains("incidents decided differently: 1\n selfheal/order opened 2026-05-01T10:00:00Z\n"
                            + " A: +0s ACT SICK_TASK restart-task a, +0s ACTED ACTION_ACCEPTED restart-task a,")
                    .contains("\n B: +0s SUPPRESS SHADOW, +180s RESOLVE RECOVERED -> RESOLVED\n");
            assertThat(new Backtest(SignalHistory.read("history.jsonl", Stream.of(history)), 3).of(ACTS, ACTS))
                    .contains("incidents decided differently: 0\n");
        }

        @Test
        void whenItIsTheOnlyTask_thenTheFloorKeepsItAndAHumanIsCalled() {
            String alone = new Backtest(SignalHistory.read("history.jsonl", Stream.of(history[0])), 1).of(ACTS);

            assertThat(compact(alone))
                    .contains("\n SUPPRESS HEALTHY_FLOOR 1\n")
                    .contains("\n ESCALATE HEALTHY_FLOOR 1\n");
        }
    }

    @Test
    void givenASickService_thenARedeployEndsItsAlerts() {
        assertThat(compact(backtest(ACTS, line(Duration.ZERO, "firing", "ServiceErrorRatio", "order", ""))))
                .contains("\n ACT SERVICE_SICK redeploy 1\n")
                .contains("\n RESOLVED 1\n");
    }

    @Test
    void givenSaturation_thenAScaleOutIsUndoneAtItsTime() {
        assertThat(compact(backtest(ACTS, line(Duration.ZERO, "firing", "ServiceSaturated", "order", ""))))
                .contains("\n ACT SATURATED scale-out 1\n")
                .contains("\n REVERT MEASURE_DUE scale-back 1\n")
                .contains("\n RESOLVED 1\n");
    }

    @Test
    void givenAnAlertThatNoPolicyMatches_thenAHumanIsCalled() {
        assertThat(compact(backtest(ACTS, line(Duration.ZERO, "firing", "DiskFull", "order", ""))))
                .contains("\n ESCALATED 1\n")
                .contains("\n ESCALATE NO_POLICY 1\n");
    }

    @Test
    void givenManyServicesAtOnce_thenTheStormBreakerHoldsAllButTheFirstTwo() {
        String[] history = Stream.of("a", "b", "c", "d")
                .map(service -> line(Duration.ZERO, "firing", "TaskStuck", service, "t/" + service))
                .toArray(String[]::new);

        assertThat(compact(backtest(ACTS, history)))
                .contains("\n SUPPRESS STORM 2\n")
                .contains("\n ACT SICK_TASK restart-task 4\n");
    }

    @Test
    void givenAnyHistory_thenTheSameInputGivesTheSameText() {
        List<RecordedSignal> history = random(2_000, 42);

        String once = new Backtest(history, 3).of(ACTS, WATCHES);

        assertThat(new Backtest(random(2_000, 42), 3).of(ACTS, WATCHES)).isEqualTo(once);
        assertThat(once).doesNotContain("decided differently: 0\n");
    }

    private static List<RecordedSignal> random(int count, long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count / 2; i++) {
            Duration at = Duration.ofSeconds(random.nextInt(100_000));
            String name = List.of("TaskStuck", "ServiceErrorRatio", "ServiceSaturated", "DiskFull")
                    .get(random.nextInt(4));
            String service = "s" + random.nextInt(10);
            String task = name.startsWith("Task") ? "t/" + random.nextInt(50) : "";
            lines.add(line(at, "firing", name, service, task, T0.plus(at)));
            lines.add(line(at.plusSeconds(random.nextInt(600)), "resolved", name, service, task, T0.plus(at)));
        }
        return SignalHistory.read("history.jsonl", lines.stream());
    }

    @Nested
    class GivenAHistoryFile {

        @Test
        void whenWrittenAndRead_thenItIsTheSame() {
            List<RecordedSignal> signals = new ArrayList<>(random(100, 7));
            signals.add(
                    SignalHistory.read(
                            "{\"at\":\"2026-05-01T12:00:00.5Z\",\"kind\":\"event\","
                                    + "\"service\":\"selfheal/order\",\"event\":\"TASK_STOPPED\",\"detail\":\"exit 137\",\"task\":\"t/1\"}"));

            assertThat(signals).allSatisfy(signal -> assertThat(SignalHistory.read(SignalHistory.write(signal)))
                    .isEqualTo(signal));
        }

        @Test
        void whenLinesAreWrong_thenEachIsNamedWithItsFieldAndWhatIsExpected() {
            InvalidInputException refused = catchThrowableOfType(
                    InvalidInputException.class,
                    () -> SignalHistory.read(
                            "h.jsonl",
                            Stream.of(
                                    line(Duration.ZERO, "firing", "TaskStuck", "order", "t/a"),
                                    "",
                                    "no json",
                                    line(Duration.ZERO, "burning", "TaskStuck", "order", ""),
                                    "{\"at\":\"yesterday\",\"kind\":\"firing\"}",
                                    "{\"at\":\"2026-05-01T10:00:00Z\",\"kind\":\"firing\",\"service\":\"order\",\"labels\":{\"alertname\":\"A\"}}",
                                    "{\"when\":1}")));

            assertThat(refused.problems()).hasSize(5);
            assertThat(refused.problems().get(0)).startsWith("h.jsonl:3: not JSON");
            assertThat(refused.problems().get(1)).startsWith("h.jsonl:4: kind: expected firing, resolved or event");
            assertThat(refused.problems().get(2)).startsWith("h.jsonl:5: at: expected a time such as");
            assertThat(refused.problems().get(3))
                    .startsWith("h.jsonl:6: service: ")
                    .contains("cluster/service");
            assertThat(refused.problems().get(4)).startsWith("h.jsonl:7: when: is not known; known here: at, ");
        }

        @Test
        void whenEmpty_thenItSaysSo() {
            assertThat(catchThrowableOfType(
                                    InvalidInputException.class, () -> SignalHistory.read("h.jsonl", Stream.of("")))
                            .problems())
                    .containsExactly("h.jsonl:1: is empty; expected one recorded signal a line");
        }

        @Test
        void whenOutOfOrder_thenItIsReadInTheOrderOfTime() {
            assertThat(SignalHistory.read(
                            "h.jsonl",
                            Stream.of(
                                    line(Duration.ofSeconds(9), "firing", "B", "order", ""),
                                    line(Duration.ZERO, "firing", "A", "order", ""))))
                    .isSortedAccordingTo(Comparator.comparing(RecordedSignal::at));
        }
    }
}
