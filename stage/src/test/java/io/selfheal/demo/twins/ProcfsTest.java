package io.selfheal.demo.twins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.demo.stage.StageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcfsTest {

    @Test
    void givenANameWithBlanksAndBrackets_thenTheTimesAreStillThoseOfTheProcess(@TempDir Path folder)
            throws IOException {
        Files.writeString(
                folder.resolve("stat"),
                "42 (a) (name) S 1 42 42 0 -1 4194560 100 0 0 0 250 125 7 7 20 0 30 0 100 1000 100\n");

        assertThat(new Procfs(folder).cpuSeconds()).isEqualTo(3.75);
    }

    @Test
    void givenAStatus_thenItsResidentMemory(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("status"), "Name:\tx\nVmRSS:\t  204800 kB\nThreads:\t3\n");

        assertThat(new Procfs(folder).residentMegabytes()).isEqualTo(200);
    }

    @Test
    void givenAProcessThatEnded_thenThatIsSaid(@TempDir Path folder) {
        assertThatThrownBy(() -> new Procfs(folder.resolve("gone")).cpuSeconds())
                .isInstanceOf(StageFailed.class)
                .hasMessageContaining("cannot be read");
    }
}
