package io.selfheal.demo.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.demo.stage.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshnessTest {
    private static final Instant BUILT = Instant.parse("2026-05-01T10:00:00Z");

    @TempDir
    private Path root;

    @BeforeEach
    void build() throws IOException {
        write("pom.xml", BUILT.minusSeconds(1));
        write("services/user/pom.xml", BUILT.minusSeconds(1));
        write("services/user/src/main/java/User.java", BUILT.minusSeconds(1));
        for (Program program : Program.values()) {
            write(root.relativize(program.jar(root)).toString(), BUILT.plusSeconds(60));
            write(root.relativize(program.cache(root)).toString(), BUILT.plusSeconds(60));
        }
        write("stage/target/built", BUILT);
    }

    @Test
    void givenEverythingIsBuilt_thenNothingIsToBeDone() throws IOException {
        assertThat(new Freshness(root).stale()).isEmpty();
    }

    @Test
    void givenOnlyTestsAndWhatABuildMakesHaveChanged_thenNothingIsToBeDone() throws IOException {
        write("services/user/src/test/java/UserTest.java", BUILT.plusSeconds(1));
        write("services/user/target/src/main/Generated.java", BUILT.plusSeconds(1));
        write("services/user/README.md", BUILT.plusSeconds(1));
        write("docs/src/main/page.md", BUILT.plusSeconds(1));

        assertThat(new Freshness(root).stale()).isEmpty();
    }

    @Test
    void givenASourceHasChanged_thenItIsNamed() throws IOException {
        write("services/user/src/main/resources/user.properties", BUILT.plusSeconds(1));

        assertThat(new Freshness(root).stale())
                .hasValue(Path.of("services/user/src/main/resources/user.properties") + " has changed.");
    }

    @Test
    void givenAPomHasChanged_thenItIsNamed() throws IOException {
        write("pom.xml", BUILT.plusSeconds(1));

        assertThat(new Freshness(root).stale()).hasValue("pom.xml has changed.");
    }

    @Test
    void givenNoBuildWasFinished_thenThatIsSaid() throws IOException {
        Files.delete(root.resolve("stage/target/built"));

        assertThat(new Freshness(root).stale()).hasValue("No build has been finished yet.");
    }

    @Test
    void givenAProgramIsMissing_thenItIsNamed() throws IOException {
        Files.delete(Program.ORDER.jar(root));

        assertThat(new Freshness(root).stale()).hasValue("shop-order is not built.");
    }

    @Test
    void givenACacheIsMissing_thenItIsBuiltUnlessItsTrainingWasTried() throws IOException {
        Files.delete(Program.HEALER.cache(root));

        assertThat(new Freshness(root).stale()).hasValue("healer-server is not built.");

        write("healer-lambda/server/target/healer-server.aot.trained", BUILT);

        assertThat(new Freshness(root).stale()).isEmpty();
    }

    private void write(String name, Instant changed) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
        Files.setLastModifiedTime(file, FileTime.from(changed));
    }
}
