package io.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RecordCommandTest {

    /** What is wrong, and words that the sentence about it must have. */
    private static final Map<String, String> WRONG = Map.of(
            "record --for soon", "--for must be a time",
            "record --runs 0", "a run at least",
            "record --arms healer,everybody", "everybody",
            "record --fault nothing", "nothing",
            "record --profile slow", "fast or production",
            "twins --what everything", "everything");

    @Test
    void givenWhatMakesNoSense_thenOneSentenceAndCodeTwo() {
        WRONG.forEach((line, words) -> {
            StringWriter said = new StringWriter();
            CommandLine command = Demo.commandLine();
            command.getSubcommands().values().forEach(each -> each.setErr(new PrintWriter(said, true)));

            assertThat(command.execute(line.split(" ", -1))).as(line).isEqualTo(2);
            assertThat(said.toString()).as(line).contains(words);
        });
    }
}
