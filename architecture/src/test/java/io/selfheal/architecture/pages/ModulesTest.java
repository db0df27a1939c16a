package io.selfheal.architecture.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of the modules says what the poms and the classes say. */
class ModulesTest {
    private static final Path ROOT = Repository.here().root();

    @Test
    void givenPomsAndClasses_thenThePageSaysTheSame() throws IOException {
        Path page = ROOT.resolve(ModulesPage.FILE);
        String text = new ModulesPage(ROOT).text();
        if (Boolean.getBoolean("pages.write")) {
            Files.writeString(page, text);
        }

        assertThat(Files.readString(page))
                .as("%s; it says itself how a change is taken over", ModulesPage.FILE)
                .isEqualTo(text);
    }

    @Test
    void givenTheModules_thenEachSaysWhatItIsAndTheShellsKnowTheCore() {
        List<BuildModule> modules = BuildModule.of(ROOT);

        assertThat(modules).hasSizeGreaterThan(10).allSatisfy(module -> assertThat(module.says())
                .as("description of %s", module.folder())
                .isNotEmpty());
        assertThat(modules)
                .filteredOn(module -> module.folder().matches("healer-lambda/(server|lambda)"))
                .hasSize(2)
                .allSatisfy(shell -> assertThat(shell.knows()).contains("healer-core", "healer-local", "healer-aws"));
    }

    @Test
    void givenAPom_whenItIsRead_thenScopesTellWhatIsOnTheClassPath(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("pom.xml"), "<project><modules><module>a/b</module></modules></project>");
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/b/pom.xml"), """
                <project><artifactId>b</artifactId><description>Says
                  it.</description><dependencies>
                  <dependency><groupId>io.selfheal</groupId><artifactId>known</artifactId></dependency>
                  <dependency><groupId>io.selfheal</groupId><artifactId>before</artifactId><scope>provided</scope></dependency>
                  <dependency><groupId>io.selfheal</groupId><artifactId>tested</artifactId><scope>test</scope></dependency>
                  <dependency><groupId>org.other</groupId><artifactId>other</artifactId></dependency>
                </dependencies></project>
                """);

        assertThat(BuildModule.of(folder))
                .containsExactly(new BuildModule("a/b", "b", "Says it.", List.of("known"), List.of("before")));
    }
}
