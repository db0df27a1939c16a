package io.selfheal.architecture.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.server.command.HealerCommands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What these pages show of the healer's commands is what they print. Taken over with {@code -Dpages.write=true}, as in ModulesTest. */
class HandbookTest {
    private static final Path ROOT = Repository.here().root();
    /** A command of the jar, and below it what it prints. */
    private static final Pattern SHOWN = Pattern.compile(
            "(```sh\\njava -jar healer-lambda/server/target/healer-server\\.jar ([^\\n|]+)(?:\\| grep -E '([^']+)')?\\n```\\n\\n```text\\n)(.*?)```",
            Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({"docs/handbook.md, 6", "docs/policy-tools.md, 1"})
    void givenTheCommands_thenTheyPrintWhatThePageShows(Path path, int commands) throws IOException {
        Path file = ROOT.resolve(path);
        String page = Files.readString(file);
        Matcher shown = SHOWN.matcher(page);
        String printed = shown.replaceAll(command ->
                Matcher.quoteReplacement(command.group(1) + filtered(run(command.group(2)), command.group(3)) + "```"));
        if (Boolean.getBoolean("pages.write")) {
            Files.writeString(file, printed);
        }

        assertThat(shown.reset().results()).as("commands on the page").hasSize(commands);
        assertThat(Files.readString(file)).isEqualTo(printed);
    }

    private static String run(String command) {
        String[] arguments = Arrays.stream(command.strip().split(" ", -1))
                .map(word -> word.startsWith("docs/") || word.startsWith("stage/")
                        ? ROOT.resolve(word).toString()
                        : word)
                .toArray(String[]::new);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        try (PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            int unused = HealerCommands.run(arguments);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        // What SLF4J says of itself is not the command's.
        return bytes.toString(StandardCharsets.UTF_8).replace(ROOT + "/", "").replaceAll("(?m)^SLF4J.*\\R", "");
    }

    private static String filtered(String text, @Nullable String expression) {
        if (expression == null) {
            return text;
        }
        Pattern pattern = Pattern.compile(expression);
        return text.lines()
                .filter(line -> pattern.matcher(line).find())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
