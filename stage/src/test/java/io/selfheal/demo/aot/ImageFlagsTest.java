package io.selfheal.demo.aot;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.demo.stage.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFlagsTest {

    @Test
    void whenTheFlagsOfAnImageAreWritten_thenTheyAreThoseOfTheTraining(@TempDir Path root) throws IOException {
        for (Program program : Program.values()) {
            Files.createDirectories(program.jar(root).resolveSibling("lib"));
        }

        ImageFlags.main(new String[] {root.toString()});

        for (Program program : Program.values()) {
            List<String> training = program.training(root, Path.of("x"));
            List<String> flags = Files.readAllLines(program.jar(root).resolveSibling("jvm.flags"));
            int recording = training.indexOf("-XX:AOTCacheOutput=x");
            assertThat(flags.subList(0, flags.size() - 1)).isEqualTo(training.subList(1, recording));
            // Else the services' first lines are the JDK's warnings, and no JSON, where traces are sent.
            assertThat(flags.contains("--sun-misc-unsafe-memory-access=allow"))
                    .isEqualTo(program.jar(root).startsWith(root.resolve("services")));
            assertThat(flags.getLast()).isEqualTo("-XX:AOTCache=/app/" + program.artifact() + ".aot");
        }
    }
}
