package io.selfheal.healer.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How long a backtest takes: {@code ./mvnw test -pl healer-lambda/core -Dtest=BacktestBench}. Not run with the tests, since no
 * test may depend on how busy a machine is.
 */
class BacktestBench {
    private static final int SIGNALS = 100_000;
    private static final Path POLICY = Path.of("../../stage/policies/production.yaml");

    @Test
    void aMonthOfFortyServices() throws IOException {
        Policies policies = PolicyFile.parse("production.yaml", Files.readString(POLICY));
        List<String> lines = Histories.of(SIGNALS, 40, Duration.ofDays(30), 1).stream()
                .map(SignalHistory::write)
                .toList();
        String first = "";
        for (int round = 1; round <= 3; round++) {
            long cpu = cpuNanos();
            long begin = System.nanoTime();
            List<RecordedSignal> history = SignalHistory.read("history.jsonl", lines.stream());
            long read = System.nanoTime();
            String report = new Backtest(history, 3).of(policies);
            long end = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "backtest: %d signals, round %d: read %.1f s, replayed %.1f s; %.1f s of CPU%n",
                    SIGNALS,
                    round,
                    (read - begin) / 1e9,
                    (end - read) / 1e9,
                    (cpuNanos() - cpu) / 1e9);
            first = round == 1 ? report : first;
            assertThat(report).isEqualTo(first).contains("100000 signals of 40 services");
        }
        System.out.println(first);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
