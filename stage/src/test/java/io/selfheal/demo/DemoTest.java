package io.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.demo.fault.Fault;
import io.selfheal.observability.Profile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoTest {

    @Nested
    class GivenGoodOptions {

        @Test
        void whenNone_thenTheStory() {
            Wishes wishes = parse();

            assertThat(wishes.once()).isFalse();
            assertThat(wishes.faults()).containsExactly(Fault.HANG, Fault.ERRORS, Fault.CRASH);
            assertThat(wishes.healerOn()).isTrue();
            assertThat(wishes.prometheus()).isTrue();
            assertThat(wishes.report()).isEmpty();
        }

        @Test
        void whenAllAreGiven_thenAllAreTaken() {
            Wishes wishes = parse(
                    "--once",
                    "--fault",
                    "all",
                    "--healer",
                    "off",
                    "--report",
                    "out",
                    "--profile",
                    "production",
                    "--runs",
                    "15",
                    "--seed",
                    "7",
                    "--no-prometheus",
                    "--port-offset",
                    "1000");

            assertThat(wishes.once()).isTrue();
            assertThat(wishes.faults()).containsExactly(Fault.values());
            assertThat(wishes.healerOn()).isFalse();
            assertThat(wishes.report()).contains(Path.of("out"));
            assertThat(wishes.profile()).isEqualTo(Profile.PRODUCTION);
            assertThat(wishes.runs()).isEqualTo(15);
            assertThat(wishes.seed()).isEqualTo(7);
            assertThat(wishes.prometheus()).isFalse();
            assertThat(wishes.ports().healer()).isEqualTo(8070);
        }

        private Wishes parse(String... arguments) {
            CommandLine line = Demo.commandLine();
            line.parseArgs(arguments);
            return ((Demo) line.getCommand()).wishes();
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--fault nope          | there is no fault 'nope'",
                "--healer maybe        | --healer must be on or off, is 'maybe'",
                "--profile slow        | --profile must be fast or production, is 'slow'",
                "--runs 0              | --runs must be at least 1, is 0",
                "--runs many           | many",
                "--port-offset -1      | --port-offset must be between 0 and",
                "--port-offset 60000   | --port-offset must be between 0 and",
                "--frobnicate          | --frobnicate",
                "doctor --port-offset x| x",
            })
    void givenBadOptions_thenOneSentenceAndExitCode2(String arguments, String sentence) {
        StringWriter errors = new StringWriter();
        CommandLine line = Demo.commandLine().setErr(new PrintWriter(errors));

        int code = line.execute(arguments.split(" ", -1));

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains(sentence).contains("./demo --help");
    }

    @Test
    void givenHelp_thenItNamesEveryOptionOfTheIssue() {
        assertThat(Demo.commandLine().getUsageMessage())
                .contains(
                        "--once",
                        "--fault",
                        "--healer",
                        "--report",
                        "--profile",
                        "--runs",
                        "--no-prometheus",
                        "--port-offset",
                        "--localstack")
                .contains("doctor", "faults");
    }
}
