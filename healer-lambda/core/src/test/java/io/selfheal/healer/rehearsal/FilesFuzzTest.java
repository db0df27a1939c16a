package io.selfheal.healer.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.selfheal.healer.policy.PolicyFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Facts and histories that people hand to {@code explain} and {@code backtest}: used or refused with a reason. */
class FilesFuzzTest {
    private static final String ALERT = """
            {"at":"2026-05-01T10:00:00Z","kind":"firing","service":"selfheal/order","task":"arn/a","labels":{"alertname":"TaskStuck"}}""";

    static Stream<Arguments> seeds() {
        return Stream.of(
                        """
                        {"now": "2026-05-01T10:00:30Z", "desired": 2,
                         "tasks": [{"task": "arn/a", "health": "unresponsive", "status": "running", "startedAt": "2026-05-01T09:00:00Z"}],
                         "silences": [{"matchers": ["alertname=\\"TaskStuck\\""], "owner": "zoe", "until": "2026-05-01T10:30:00Z"}],
                         "pauses": [{"reason": "moving", "owner": "eve", "until": "2026-05-01T11:00:00Z"}],
                         "actions": [{"at": "2026-05-01T10:00:00Z"}], "deployment": {"id": "d"}, "unknown": ["ledger"],
                         "openings": [{"service": "selfheal/x", "at": "2026-05-01T10:00:00Z"}]}""",
                        "{\"evidence\": {\"vitals\": [{\"task\": \"arn/a\", \"requests\": 5, \"errors\": 0.5, \"slow\": 0}]}}",
                        "{\"now\": \"-999999999-01-01T00:00:00Z\"}",
                        "{\"pauses\": [{\"until\": \"+999999999-12-31T23:59:59Z\"}]}",
                        ALERT,
                        ALERT.replace("firing", "resolved"),
                        """
                        {"at":"2026-05-01T10:00:00Z","kind":"event","source":"ecs","service":"selfheal/order","event":"STEADY"}""")
                .map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void factsAreUsedOrRefusedWithAReason(byte[] file) {
        try {
            Facts facts = Facts.parse("facts.json", new String(file, StandardCharsets.UTF_8));
            WhatIf whatIf = new WhatIf(PolicyFile.parse("p.yaml", """
                            version: 1
                            name: demo
                            policies: [{name: sick, match: ['alertname=~".+"'], ladder: [restart-task, escalate], mode: act}]
                            """), facts);
            assertThat(whatIf.explain(whatIf.alerts("alert.json", ALERT, "selfheal")))
                    .isNotBlank();
        } catch (InvalidInputException refused) {
            assertThat(refused.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem)
                    .startsWith("facts.json:"));
        }
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void aHistoryIsReadAndWrittenBackTheSameOrRefusedWithAReason(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8);
        try {
            List<RecordedSignal> read = SignalHistory.read("history.jsonl", text.lines());
            assertThat(SignalHistory.read("history.jsonl", read.stream().map(SignalHistory::write)))
                    .isEqualTo(read);
        } catch (InvalidInputException refused) {
            assertThat(refused.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem)
                    .startsWith("history.jsonl:"));
        }
    }
}
