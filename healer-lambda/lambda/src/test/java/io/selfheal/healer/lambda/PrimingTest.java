package io.selfheal.healer.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.lambda.config.Configuration;
import io.selfheal.healer.lambda.config.Settings;
import io.selfheal.healer.testkit.HealerBench;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrimingTest {
    private final Configuration configuration = Settings.of(Map.of("HEALER_POLICY", HealerBench.POLICIES), Path.of(""));

    @Test
    void thenAnEventOfEachFormatIsReadAndItsAlertsAreDecidedOn() {
        assertThat(Priming.events()).hasSize(10);
        assertThat(Priming.run(configuration)).isGreaterThanOrEqualTo(6);
    }
}
