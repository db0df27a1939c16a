package io.selfheal.embedded.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.selfheal.embedded.schedule.DeploymentSnapshot.Rollout;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        all healthy                     | 2 | true  | 0 | IN_PROGRESS | p1h p2h     | STEADY
        nothing wanted, nothing there   | 0 | true  | 0 | IN_PROGRESS | -           | STEADY
        one missing                     | 2 | true  | 0 | COMPLETED   | p1h         | WORKING
        one not proven                  | 2 | true  | 0 | IN_PROGRESS | p1h p2v     | WORKING
        one unhealthy                   | 2 | true  | 0 | COMPLETED   | p1h p2u     | WORKING
        an old one still runs           | 2 | true  | 0 | IN_PROGRESS | p1h p2h o3h | WORKING
        two failures are few            | 2 | true  | 2 | IN_PROGRESS | -           | WORKING
        three failures are enough       | 2 | true  | 3 | IN_PROGRESS | -           | FAILED
        without a circuit breaker       | 2 | false | 9 | IN_PROGRESS | -           | WORKING
        once completed never fails      | 2 | true  | 9 | COMPLETED   | -           | WORKING
        failed stays failed             | 0 | true  | 3 | FAILED      | -           | FAILED
        """)
    void judges(
            String name, int desired, boolean breaker, int failures, Rollout rollout, String tasks, Verdict verdict) {
        ServiceSnapshot service = new ServiceSnapshot(
                desired,
                new Limits(100, 200),
                breaker,
                new DeploymentSnapshot("p", rollout, failures, Instant.MIN),
                SchedulerTest.tasks(tasks),
                0);

        assertThat(Verdict.of(service)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "1, 3", "6, 3", "7, 4", "100, 50", "5000, 200"})
    void thresholdIsHalfTheDesiredCountWithinBounds(int desired, int threshold) {
        assertThat(Verdict.threshold(desired)).isEqualTo(threshold);
    }

    @Test
    void limitsThatBlockEveryDeploymentAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(100, 100))
                .withMessageContaining("cannot be 100");
    }
}
