package io.selfheal.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a scenario with a timeline, or refused with its file and the reason. */
class ChaosFilesFuzzTest {
    private static final Path CHAOS = Path.of("..", "chaos");
    private static final Catalogue CATALOGUE = Catalogue.read(CHAOS.resolve("catalogue.yaml"));

    static Stream<Arguments> seeds() {
        Stream<String> broken = Stream.of("", "version: 1\nname: \u0001", "[".repeat(100), """
                version: 1
                name: never ends
                seed: 7
                schedule: {first: PT5S, every: PT2562047788015215H30M7S, jitter: PT2562047788015215H30M7S, runs: 1000}
                experiments: [{id: hang-user, expect: healed}]
                """, """
                version: 1
                experiments:
                  - {id: hang-user, fault: hang, service: user, tasks: 50%, duration: PT1M, fis: 'none: no', parameters: {}}
                """);
        Stream<String> shipped = Stream.of("an-hour-at-random", "nothing-is-wrong", "one-sick-task", "what-all-share")
                .map(ChaosFilesFuzzTest::text);
        return Stream.concat(broken, shipped).map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(String name) {
        try {
            return Files.readString(CHAOS.resolve(name + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void anyTextIsAScenarioOrRefusedWithAReason(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8);
        try {
            Scenario scenario = Scenario.parse("s.yaml", text, CATALOGUE);
            assertThat(scenario.timeline()).isEqualTo(scenario.timeline()).isNotEmpty();
        } catch (InvalidFileException refused) {
            assertThat(refused).hasMessageStartingWith("s.yaml:");
        }
        try {
            assertThat(Catalogue.parse("c.yaml", text).entries()).isNotEmpty();
        } catch (InvalidFileException refused) {
            assertThat(refused).hasMessageStartingWith("c.yaml:");
        }
    }
}
