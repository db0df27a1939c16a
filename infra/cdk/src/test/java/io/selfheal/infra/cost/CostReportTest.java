package io.selfheal.infra.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Environments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostReportTest {
    private final List<EnvironmentSettings> environments = environments();

    /** 6 tasks of half a vCPU and 1 GB, all on Spot: 6 * (0.03238 / 2 + 0.00356) * 730 h * 30 %. */
    @Test
    void givenDev_thenItsTasksCostWhatTheRatesSay() {
        CostReport dev = CostReport.of(environments.getFirst());

        assertThat(dev.lines().getFirst().dollars()).isCloseTo(25.95, org.assertj.core.data.Offset.offset(0.01));
        assertThat(dev.sum())
                .isEqualTo(dev.lines().stream()
                        .mapToDouble(CostReport.Line::dollars)
                        .sum());
        assertThat(dev.oneLine()).startsWith("dev: about ").contains("USD a month");
    }

    @Test
    void thenEveryEnvironmentIsBelowItsBudget() {
        assertThat(environments).allSatisfy(one -> assertThat(CostReport.of(one).sum())
                .isLessThan(one.notices().monthlyBudgetUsd()));
    }

    @Test
    void thenEveryRateHasASource() {
        assertThat(Rate.values()).allSatisfy(rate -> assertThat(rate.source()).isNotBlank());
    }

    @Test
    void thenTheDocumentShowsTheSameTables() throws IOException {
        String document = Files.readString(Path.of("../../docs/aws.md"));
        assertThat(environments).allSatisfy(one -> assertThat(document)
                .contains(CostReport.of(one).table()));
    }

    private static List<EnvironmentSettings> environments() {
        try {
            Map<?, ?> file = new ObjectMapper().readValue(Path.of("cdk.json").toFile(), Map.class);
            Map<?, ?> context = (Map<?, ?>) java.util.Objects.requireNonNull(file.get("context"));
            return Environments.read(context.get("environments"), null);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
