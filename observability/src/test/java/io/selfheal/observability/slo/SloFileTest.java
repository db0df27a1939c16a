package io.selfheal.observability.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SloFileTest {
    private static final Path FOLDER = Path.of(System.getProperty("module.dir", "."), "slo");

    @Test
    void givenTheFolder_thenEachFileIsReadAndEachServiceHasBothObjectives() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrderElementsOf(SloFiles.services().stream()
                            .map(service -> service + ".yaml")
                            .toList());
        }
        assertThat(SloFiles.services()).allSatisfy(service -> assertThat(SloFiles.of(service))
                .extracting(Slo::name)
                .containsExactly("availability", "latency"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            target: 0.999               | target: 1                 | target must be above 0 and below 1, is 1
            target: 0.999               | target: 0.9               | target must be at least
            target: 0.999               | target: much              | order-availability: not a number
            target: 0.999               | goal: 0.999               | spec.objectives.0.target is missing
            duration: 30d               | duration: 30h             | must be days such as 30d, is 30h
            duration: 30d               | duration: 7d              | must be 30d
            kind: SLO                   | kind: Service             | kind must be SLO, is Service
            openslo/v1                  | openslo/v2                | apiVersion must be openslo/v1, is openslo/v2
            budgetingMethod: Occurrences| budgetingMethod: Timeslices | spec.budgetingMethod must be Occurrences
            selfheal.io/slo: availability | a: b                    | metadata.annotations.selfheal.io/slo is missing
            "0.02"                      | "-1"                      | traffic-floor must not be negative
            status=~"5..",              | status=5,                 | has a label that cannot be read: status=5
            spec:                       | `spec: [`                 | is not YAML
            """)
    void givenAMistake_whenRead_thenItIsRefusedByItsPlace(String right, String wrong, String message)
            throws IOException {
        String yaml = Files.readString(FOLDER.resolve("order.yaml"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SloFile.parse("order.yaml", yaml.replace(right, wrong)))
                .withMessageStartingWith("order.yaml: ")
                .withMessageContaining(message);
    }

    @Test
    void givenTheRungs_thenTheirThresholdsAreTheFactorTimesTheBudget() {
        Slo slo = SloFiles.of("order").getFirst();
        assertThat(Map.of(
                        Burn.PAGE_FAST,
                        "0.0144",
                        Burn.PAGE_SLOW,
                        "0.006",
                        Burn.TICKET_FAST,
                        "0.003",
                        Burn.TICKET_SLOW,
                        "0.001"))
                .allSatisfy((burn, threshold) ->
                        assertThat(slo.threshold(burn).toPlainString()).isEqualTo(threshold));
    }

    @Test
    void givenTheDemoClock_thenATimeIsATwelfth() {
        assertThat(Pace.DEMO.real("1h")).isEqualTo("5m");
        assertThat(Pace.DEMO.real("5m")).isEqualTo("25s");
        assertThat(Pace.REAL.real("3d")).isEqualTo("3d");
        assertThatIllegalArgumentException().isThrownBy(() -> Pace.DEMO.real("7s"));
    }
}
