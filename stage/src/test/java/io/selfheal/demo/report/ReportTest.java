package io.selfheal.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.PlannedRun;
import io.selfheal.demo.measure.Action;
import io.selfheal.demo.measure.Moments;
import io.selfheal.demo.measure.Outcome;
import io.selfheal.demo.measure.RunResult;
import io.selfheal.demo.measure.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final String TASK = "arn:aws:ecs:us-east-1:000000000000:task/selfheal/0123456789abcdef";

    @Test
    void givenAHealedRun_whenWrittenAsJson_thenItHasEveryFieldOfTheFormat() throws Exception {
        JsonNode run = json(session(List.of(healed(1, 2500)))).path("runs").path(0);

        assertThat(run.path("fault").asText()).isEqualTo("hang");
        assertThat(run.path("service").asText()).isEqualTo("order");
        assertThat(run.path("task").asText()).isEqualTo(TASK);
        assertThat(run.path("healer").asText()).isEqualTo("on");
        assertThat(run.path("expected").asText()).isEqualTo("healed");
        assertThat(run.path("outcome").asText()).isEqualTo("healed");
        assertThat(run.path("injectedAt").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(run.path("detectedAt").asText()).isEqualTo("2026-01-01T00:00:01.010Z");
        assertThat(run.path("actedAt").asText()).isEqualTo("2026-01-01T00:00:01.030Z");
        assertThat(run.path("healedAt").asText()).isEqualTo("2026-01-01T00:00:02.500Z");
        assertThat(run.path("mttrSeconds").asDouble()).isEqualTo(2.5);
        assertThat(run.path("actions").path(0).toString())
                .isEqualTo("{\"kind\":\"restart-task\",\"target\":\"" + TASK + "\",\"result\":\"done\"}");
        assertThat(run.path("requests").asInt()).isEqualTo(200);
        assertThat(run.path("failedRequests").asInt()).isEqualTo(7);
    }

    @Test
    void givenAMomentThatWasNotReached_whenWrittenAsJson_thenNull() throws Exception {
        JsonNode run = json(session(List.of(untouched(1)))).path("runs").path(0);

        assertThat(run.has("healedAt")).isTrue();
        assertThat(run.path("healedAt").isNull()).isTrue();
        assertThat(run.path("mttrSeconds").isNull()).isTrue();
        assertThat(run.path("task").isNull()).isTrue();
    }

    @Test
    void givenManyRuns_whenSummed_thenPercentilesAndFalseRestartsByFault() throws Exception {
        List<RunResult> runs = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            runs.add(healed(i, 1000L * i));
        }
        runs.add(untouched(21));

        JsonNode summary = json(session(runs)).path("summary");

        assertThat(summary.size()).isEqualTo(2);
        JsonNode hang = summary.path(0);
        assertThat(hang.path("fault").asText()).isEqualTo("hang");
        assertThat(hang.path("n").asInt()).isEqualTo(20);
        assertThat(hang.path("mttrSeconds").path("p50").asDouble()).isEqualTo(10);
        assertThat(hang.path("mttrSeconds").path("p95").asDouble()).isEqualTo(19);
        assertThat(hang.path("mttrSeconds").path("max").asDouble()).isEqualTo(20);
        assertThat(hang.path("budgetSeconds").path("notify").path("p50").asDouble())
                .isEqualTo(0.01);
        assertThat(hang.path("falseRestartShare").asDouble()).isZero();
    }

    @Test
    void givenAFalseRestart_whenSummed_thenItIsCountedAndTheSessionIsNotAsExpected() throws Exception {
        Session session = session(List.of(touched()));

        assertThat(session.asExpected()).isFalse();
        assertThat(json(session)
                        .path("summary")
                        .path(0)
                        .path("falseRestartShare")
                        .asDouble())
                .isEqualTo(1);
        assertThat(MarkdownReport.of(session)).contains("**Not as expected**", "**false restart**", "1 (100 %)");
    }

    @Test
    void givenNoRuns_thenNothingWasShown() {
        assertThat(session(List.of()).asExpected()).isFalse();
    }

    @Test
    void givenAReport_whenWrittenForPeople_thenSummaryBudgetAndRuns() {
        assertThat(MarkdownReport.of(session(List.of(healed(1, 2500)))))
                .contains("**As expected**: 1 of 1 runs ended as expected, healer on")
                .contains("- profile: fast")
                .contains("- not run: errors (no Prometheus)")
                .contains("| hang | 1 | 1 | 0 (0 %) | 2.5 s | 2.5 s | 2.5 s |")
                .contains("| hang | 1.0 / 1.0 | 0.01 / 0.01 | 0.01 / 0.01 | 0.01 / 0.01 | 1.5 / 1.5 | 4.0 / 4.0 |")
                .contains(
                        "| 1 | hang | order 01234567 | healed | healed | 2026-01-01T00:00:00Z | 2.5 s | 200 (7) | restart-task 01234567: done |  |");
    }

    private static JsonNode json(Session session) throws Exception {
        return new ObjectMapper().readTree(JsonReport.of(session));
    }

    private static Session session(List<RunResult> runs) {
        return new Session(
                T0, T0.plusSeconds(60), true, Map.of("profile", "fast"), runs, Map.of("errors", "no Prometheus"));
    }

    private static RunResult healed(int number, long healedAfterMillis) {
        Moments moments = new Moments(
                T0, at(1000), at(1010), at(1020), at(1030), at(healedAfterMillis), at(healedAfterMillis + 4000));
        return new RunResult(
                new PlannedRun(number, Fault.HANG, "order", 0),
                Optional.of(TASK),
                true,
                new Verdict(Outcome.HEALED, false),
                moments,
                List.of(new Action("restart-task", TASK, "done")),
                200,
                7,
                List.of());
    }

    private static RunResult untouched(int number) {
        return control(number, new Verdict(Outcome.UNTOUCHED, false), List.of());
    }

    private static RunResult touched() {
        return control(1, new Verdict(Outcome.TOUCHED, true), List.of(new Action("restart-task", TASK, "done")));
    }

    private static RunResult control(int number, Verdict verdict, List<Action> actions) {
        Optional<Instant> never = Optional.empty();
        return new RunResult(
                new PlannedRun(number, Fault.LOAD_SPIKE, "user", 0),
                Optional.empty(),
                true,
                verdict,
                new Moments(T0, never, never, never, never, never, never),
                actions,
                1600,
                0,
                List.of());
    }

    private static Optional<Instant> at(long millis) {
        return Optional.of(T0.plusMillis(millis));
    }
}
