package io.selfheal.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.demo.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {
    private static final Path CHAOS = Path.of("..", "chaos");
    private static final Catalogue CATALOGUE = Catalogue.read(CHAOS.resolve("catalogue.yaml"));

    private static final String GOOD = """
            version: 1
            name: a test
            seed: 7
            schedule: {first: PT5S, every: PT30S, jitter: PT10S, runs: 50}
            experiments:
              - {id: hang-user, expect: healed}
              - {id: crash-order, expect: untouched}
              - {id: product-down, expect: escalated}
            """;

    private final Path folder;

    ScenarioTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Scenario read(String yaml) throws IOException {
        return Scenario.read(Files.writeString(folder.resolve("s.yaml"), yaml), CATALOGUE);
    }

    @Test
    void givenASeed_whenTheTimelineIsMadeTwice_thenItIsTheSame_andAnotherSeedMakesAnother() throws IOException {
        List<TimedRun> timeline = read(GOOD).timeline();

        assertThat(read(GOOD).timeline()).isEqualTo(timeline).hasSize(50);
        assertThat(read(GOOD.replace("seed: 7", "seed: 8")).timeline()).isNotEqualTo(timeline);
        assertThat(timeline.stream().map(TimedRun::at)).isSorted();
        for (int index = 0; index < timeline.size(); index++) {
            Duration earliest = Duration.ofSeconds(5 + 30L * index);
            assertThat(timeline.get(index).at()).isBetween(earliest, earliest.plusSeconds(10));
        }
        assertThat(timeline.stream().map(timed -> timed.run().fault()).distinct())
                .containsExactlyInAnyOrder(Fault.HANG, Fault.CRASH, Fault.PRODUCT_DOWN);
    }

    @Test
    void givenNoNumberOfRuns_thenEachExperimentComesOnceInItsOrder() throws IOException {
        assertThat(read(GOOD.replace(", runs: 50", "")).timeline().stream()
                        .map(timed -> timed.run().fault()))
                .containsExactly(Fault.HANG, Fault.CRASH, Fault.PRODUCT_DOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            hang-user          | hang-nobody      | s.yaml:6: experiments[0].id: there is no 'hang-nobody' in chaos/catalogue.yaml
            expect: untouched  | expect: healed   | s.yaml:7: experiments[1].expect: 'healed' is not what crash ends as while the healer runs, that is 'untouched'
            every: PT30S       | every: soon      | s.yaml:4: schedule.every: expected a time like PT30S, was 'soon'
            every: PT30S       | every: PT-1S     | s.yaml:4: schedule.every: expected PT0S or more, was PT-1S
            runs: 50           | runs: 0          | s.yaml:4: schedule.runs: expected 1 or more, was 0
            runs: 50           | times: 50        | s.yaml:4: schedule.times: is not known; known here: every, first, jitter, runs
            seed: 7            | seed: lucky      | s.yaml:3: seed: expected a whole number, was 'lucky'
            name: a test       | version: 1       | s.yaml:2: version: is there twice
            version: 1         | version: 2       | s.yaml:1: version: expected 1
            """)
    void givenSomethingWrong_thenOneSentenceSaysWhereAndWhat(String good, String bad, String sentence) {
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageEndingWith(sentence);
    }

    @Test
    void givenWhatIsNoYamlOrIsNotThere_thenASentenceSaysSo() {
        assertThatThrownBy(() -> read("name: [")).hasMessageContaining("s.yaml:1: is no YAML");
        assertThatThrownBy(() -> read("")).hasMessageContaining("there is nothing in it");
        assertThatThrownBy(() -> read("version: 1\n")).hasMessageEndingWith("s.yaml:1: experiments: is missing");
        assertThatThrownBy(() -> Scenario.read(folder.resolve("none.yaml"), CATALOGUE))
                .hasMessageContaining("none.yaml: cannot be read");
    }

    @Test
    void everyFaultOfTheStageIsInTheCatalogue_andEveryScenarioThatIsHereCanBeRead() throws IOException {
        assertThat(CATALOGUE.entries().stream().map(CatalogueEntry::fault)).contains(Fault.values());
        try (Stream<Path> files = Files.list(CHAOS)) {
            List<Path> scenarios = files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("catalogue.yaml"))
                    .toList();
            assertThat(scenarios).hasSizeGreaterThanOrEqualTo(4);
            assertThat(scenarios).allSatisfy(file -> assertThat(
                            Scenario.read(file, CATALOGUE).timeline())
                    .isNotEmpty());
        }
    }
}
