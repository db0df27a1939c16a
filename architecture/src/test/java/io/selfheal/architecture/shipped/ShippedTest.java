package io.selfheal.architecture.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ShippedTest {
    static final List<Program> PROGRAMS = Program.ALL;

    /** Of what may be shipped in a program under Apache-2.0. Where a library has several, one of them is enough. */
    private static final Set<String> LICENCES = Set.of(
            "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EPL-1.0", "EPL-2.0", "MIT", "MIT-0", "MPL-2.0");

    private static void assumeBuilt(Program program) {
        assumeTrue(
                program.isBuilt(), "skipped: there is no " + program.sbomFile() + "; ./mvnw -Psbom package makes it");
    }

    @ParameterizedTest
    @FieldSource("PROGRAMS")
    void theSbomListsExactlyWhatTheProgramShips(Program program) {
        assumeBuilt(program);
        Map<String, String> listed = new TreeMap<>();
        program.sbom().components().forEach(one -> listed.put(one.sha256(), one.coordinates() + ":" + one.version()));

        assertThat(listed.keySet())
                .as("of the jars %s the SBOM lists %s", program.libraries(), listed)
                .isEqualTo(program.libraries().keySet());
    }

    @ParameterizedTest
    @FieldSource("PROGRAMS")
    void everyLibraryHasALicenceThatIsOnTheList(Program program) {
        assumeBuilt(program);

        assertThat(program.sbom().components())
                .filteredOn(one -> !one.isOurs())
                .allSatisfy(
                        one -> assertThat(one.licences()).as(one.coordinates()).containsAnyElementsOf(LICENCES));
    }

    @Test
    void thePageSaysWhatTheSbomsSay() throws IOException {
        Program.ALL.forEach(ShippedTest::assumeBuilt);
        Path page = Program.root().resolve("docs/dependencies.md");
        String expected = DependenciesPage.of(Program.ALL);
        if (Boolean.getBoolean("write")) {
            Files.writeString(page, expected);
        }

        assertThat(Files.exists(page) ? Files.readString(page) : "")
                .as("write it anew: " + DependenciesPage.COMMAND)
                .isEqualTo(expected);
    }
}
