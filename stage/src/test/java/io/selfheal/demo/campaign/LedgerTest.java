package io.selfheal.demo.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.demo.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @Test
    void givenNoFile_thenNothing(@TempDir Path folder) throws IOException {
        assertThat(new Ledger(folder).read(Lines.KEY)).isEqualTo(new Ledger.Contents(List.of(), Map.of(), 0));
    }

    @Test
    void givenAppendedLines_thenTheyAreReadAsTheyWere(@TempDir Path folder) throws IOException {
        Ledger ledger = new Ledger(folder.resolve("new"));
        RunLine healed = Lines.healed(Arm.HEALER, Fault.HANG, 1, 3.7);
        RunLine untouched = Lines.untouched(Arm.OFF, Fault.HANG, 1);
        ledger.append(healed);
        ledger.append(untouched);

        assertThat(ledger.read(Lines.KEY).ours()).containsExactly(healed, untouched);
    }

    @Test
    void givenTheHalfOfALineThatAKillLeft_thenItIsCountedAsNoneAndSpoilsNoOther(@TempDir Path folder)
            throws IOException {
        Ledger ledger = new Ledger(folder);
        ledger.append(Lines.healed(Arm.HEALER, Fault.HANG, 1, 3.7));
        Files.writeString(ledger.file(), "{\"key\":\"abc", StandardOpenOption.APPEND);
        ledger.append(Lines.healed(Arm.HEALER, Fault.HANG, 2, 4.7));

        assertThat(ledger.read(Lines.KEY).ours()).extracting(RunLine::round).containsExactly(1, 2);
        assertThat(ledger.read(Lines.KEY).broken()).isEqualTo(1);
    }

    @Test
    void givenLinesOfAnotherCommitOrMachine_thenTheyAreToldAndNotCounted(@TempDir Path folder) throws IOException {
        Ledger ledger = new Ledger(folder);
        ledger.append(Lines.healed(Arm.HEALER, Fault.HANG, 1, 3.7));

        Ledger.Contents contents = ledger.read("another");

        assertThat(contents.ours()).isEmpty();
        assertThat(contents.others()).containsExactly(Map.entry(Lines.KEY, 1));
    }
}
