package io.selfheal.healer.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Four histories, each through an acting and a watching policy: the course of every incident as the replay told them before
 * it kept anything between two looks. When decisions are meant to change, {@code -Dtest.jvm.args=-Dgolden=write} writes the
 * file anew, and its difference shows what changed.
 */
class ReplayGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/selfheal/healer/rehearsal/replays.txt");
    private static final String POLICY = """
            version: 1
            name: golden
            storm: {services: 3, window: PT20S, hold: PT2M}
            calls: {order: [user, product]}
            policies:
              - name: sick-task
                match: ['alertname=~"Task.*|ErrorBurst|LatencyHigh"']
                ladder: [restart-task, redeploy, escalate]
                mode: act
                cooldown: PT30S
                budgets: [{scope: service, limit: 4, window: PT1H}, {scope: global, limit: 20, window: PT1H}]
                strikes: {limit: 3, window: PT1H, quarantine: PT1H}
                verification: {stabilisation: PT10S, deadline: PT2M}
              - name: sick-service
                match: ['alertname=~"ServiceErrorRatio|ServiceLatency"']
                ladder: [redeploy, escalate]
                mode: act
                verification: {stabilisation: PT30S, deadline: PT5M}
              - name: saturated
                match: ['alertname="ServiceSaturated"']
                ladder: [scale-out, escalate]
                mode: act
                verification: {stabilisation: PT30S, deadline: PT5M}
                scaleOut: {add: 1, ceiling: 4, returnAfter: PT10M}
            """;
    private static final Policies ACTS = PolicyFile.parse("acts.yaml", POLICY);
    private static final Policies WATCHES =
            PolicyFile.parse("watches.yaml", POLICY.replace("mode: act", "mode: shadow"));

    static String replays() {
        StringBuilder text = new StringBuilder();
        for (int seed = 1; seed <= 4; seed++) {
            List<RecordedSignal> history = Histories.of(300, 4 + seed, Duration.ofHours(3L * seed), seed);
            for (Policies policies : List.of(ACTS, WATCHES)) {
                Replayed replayed = Replay.of(history, policies, seed);
                text.append("history %d, %s: %d moot, %s\n"
                        .formatted(seed, policies.label(), replayed.mootSignals(), replayed.decisions()));
                replayed.courses().forEach((key, course) -> text.append(key + ": " + course + "\n"));
            }
        }
        return text.toString();
    }

    @Test
    void whatIsKeptBetweenTwoLooks_changesNoCourse() throws IOException {
        String told = replays();
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(GOLDEN, told);
        }

        assertThat(told).isEqualTo(Files.readString(GOLDEN));
    }
}
