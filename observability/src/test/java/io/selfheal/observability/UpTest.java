package io.selfheal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files and which profile {@code observability/up} makes of its words: a docker that repeats what it was given tells. */
@DisabledOnOs(OS.WINDOWS)
class UpTest {
    private record Answer(int exit, String output) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "               | full | | ",
                "full           | full | | ",
                "lite           | lite | lite | ",
                "shop -d --wait | shop | shop | -d --wait",
                "dev -d         | full | dev | -d",
                "lite staging   | lite | lite staging | ",
                "prod lite      | lite | lite prod | ",
                "prod full prod | full | prod | ",
                "order          | full | | order"
            })
    void givenASizeAndAnEnvironment_thenTheirFilesAndTheRestAreComposes(
            String words, String profile, String overlays, String rest, @TempDir Path folder) throws Exception {
        StringBuilder expected = new StringBuilder(profile + ": compose -f compose.yaml");
        words(overlays).forEach(overlay -> expected.append(" -f observability/overlays/" + overlay + ".yaml"));
        expected.append(" up");
        words(rest).forEach(word -> expected.append(' ').append(word));

        assertThat(up(folder, words)).isEqualTo(new Answer(0, expected.toString()));
    }

    @ParameterizedTest
    @CsvSource({"lite full, lite or full", "full shop, full or shop", "staging lite prod, staging or prod"})
    void givenTwoThatContradictEachOther_thenNothingIsStarted(String words, String which, @TempDir Path folder)
            throws Exception {
        assertThat(up(folder, words)).isEqualTo(new Answer(2, "observability/up: " + which + ", not both"));
    }

    private static Answer up(Path folder, String words) throws IOException, InterruptedException {
        Path docker = Files.writeString(folder.resolve("docker"), "#!/bin/sh\necho \"$COMPOSE_PROFILES: $*\"\n");
        assertThat(docker.toFile().setExecutable(true)).isTrue();
        List<String> command = Stream.concat(
                        Stream.of(
                                "sh",
                                ComposeFiles.ROOT.resolve("observability/up").toString()),
                        words(words))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", folder + File.pathSeparator + System.getenv("PATH"));
        // Else it would make one, and keep it in the working copy.
        builder.environment().put("HEALER_TOKEN", "sixteen-characters");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), output.strip());
    }

    private static Stream<String> words(String text) {
        return text == null ? Stream.empty() : Stream.of(text.split(" "));
    }
}
