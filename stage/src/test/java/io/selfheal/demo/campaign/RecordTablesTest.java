package io.selfheal.demo.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.demo.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against files that were read over once. */
class RecordTablesTest {

    @Test
    void givenRuns_thenTheTablesOfTheFile() throws IOException {
        assertThat(RecordTables.of(lines())).isEqualTo(file("record.md"));
    }

    @Test
    void givenRuns_thenTheTotalsOfTheFile() throws IOException {
        assertThat(RecordTotals.of(Map.of("commit", "abc1234"), lines())).isEqualTo(file("record.jsonl"));
    }

    @Test
    void givenEveryFaultWithEveryArm_thenTheTotalsAreSmall() {
        List<RunLine> all = new ArrayList<>();
        for (Arm arm : Arm.values()) {
            for (Fault fault : Fault.values()) {
                for (int round = 1; round <= 15; round++) {
                    all.add(Lines.healed(arm, fault, round, 1.234 * round));
                }
            }
        }

        assertThat(RecordTotals.of(Map.of(), all)).hasSizeLessThan(200_000);
    }

    @Test
    void givenAFaultThatEcsMends_thenThatIsExpectedOfEcsAloneOnly() {
        assertThat(Lines.recovered(Arm.ECS, Fault.HANG).asExpected()).isTrue();
        assertThat(Lines.recovered(Arm.OFF, Fault.HANG).asExpected()).isFalse();
    }

    @Test
    void givenUsersWhoWereWellForAMoment_whenTheFaultGoesOn_thenItIsNotHealed() {
        assertThat(Lines.wellBetween(Arm.ECS, Fault.CPU_BURN).healed()).isFalse();
        assertThat(Lines.wellBetween(Arm.ECS, Fault.CRASH).healed())
                .as("a crash is mended without anybody's action")
                .isTrue();
        assertThat(Tally.of(List.of(Lines.wellBetween(Arm.ECS, Fault.CPU_BURN))))
                .singleElement()
                .satisfies(tally -> assertThat(tally.repair()).isEmpty());
    }

    @Test
    void givenNoRuns_thenThatIsSaid() {
        assertThat(RecordTables.of(List.of())).isEqualTo("Nothing has been run yet.\n");
    }

    private static List<RunLine> lines() {
        List<RunLine> lines = new ArrayList<>();
        for (int round = 1; round <= 20; round++) {
            lines.add(Lines.healed(Arm.HEALER, Fault.HANG, round, round));
            lines.add(Lines.untouched(Arm.HEALER, Fault.LOAD_SPIKE, round));
            lines.add(Lines.untouched(Arm.OFF, Fault.HANG, round));
        }
        lines.add(Lines.touched(Arm.HEALER, Fault.LOAD_SPIKE, 21));
        lines.add(Lines.untouched(Arm.USUAL, Fault.HANG, 1));
        return lines;
    }

    private static String file(String name) throws IOException {
        try (InputStream in = RecordTablesTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
