package io.selfheal.observability.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.observability.Tool;
import io.selfheal.observability.Tool.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SloRulesTest {
    @TempDir
    private Path dir = Path.of("");

    @ParameterizedTest
    @EnumSource
    void givenTheRules_whenPromtoolChecksThem_thenTheyAreValid(Pace pace) throws IOException {
        Files.writeString(dir.resolve("slo.rules.yml"), SloFiles.rules(pace));
        assertGreen(
                Tool.PROMTOOL.run("check", "rules", dir.resolve("slo.rules.yml").toString()));
    }

    static Stream<Slo> slos() {
        return SloFiles.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slos")
    void givenAnSlo_whenPromtoolTestsItOnTheDemoClock_thenItsAlertsFireAndKeepSilentAsTheyShould(Slo slo)
            throws IOException {
        assertThat(new SloRuleTests(slo, Pace.DEMO).tests().lines().filter(line -> line.startsWith("  - name")))
                .hasSizeGreaterThanOrEqualTo(7);
        assertGreen(test(slo, Pace.DEMO, SloFiles.rules(Pace.DEMO, List.of(slo))));
    }

    /** One of them, for its tests hold three whole days: the other texts differ in names and numbers. */
    @Test
    void givenAnSlo_whenPromtoolTestsItOnTheRealClock_thenItsAlertsFireAndKeepSilentAsTheyShould() throws IOException {
        Slo slo = SloFiles.of("order").getFirst();
        assertGreen(test(slo, Pace.REAL, SloFiles.rules(Pace.REAL, List.of(slo))));
    }

    /** Takes one guard out: were the tests still green, that guard would be untested. */
    @ParameterizedTest(name = "without {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            the short window     | ` and slo:sli_error:ratio_rate5m.*? > 0.0144` | ``
            the floor of traffic | `(?m)^ *and slo:requests:rate1h.*$`            | ``
            the slow rung        | `> 0.006`                                     | `> 2`
            the ticket           | `> 0.001 and`                                 | `> 2 and`
            """)
    void givenAGuardTakenOut_whenPromtoolTestsIt_thenATestFails(String what, String guard, String instead)
            throws IOException {
        Slo slo = SloFiles.of("order").getFirst();
        String rules = SloFiles.rules(Pace.DEMO, List.of(slo));
        String mutant = rules.replaceAll(guard, instead == null ? "" : instead);
        assertThat(mutant).as("there is no guard %s", guard).isNotEqualTo(rules);
        Run run = test(slo, Pace.DEMO, mutant);
        assertThat(run.exit()).as("no test noticed that %s is missing", what).isNotZero();
        assertThat(run.output()).contains("FAILED").doesNotContain("parse error");
    }

    private Run test(Slo slo, Pace pace, String rules) throws IOException {
        Files.writeString(dir.resolve("slo.rules.yml"), rules);
        Path tests = Files.writeString(
                dir.resolve("slo.rules.test.yml"), SloFiles.tests(pace, "slo.rules.yml", List.of(slo)));
        return Tool.PROMTOOL.run("test", "rules", tests.toString());
    }

    private static void assertGreen(Run run) {
        assertThat(run.exit()).as(run.output()).isZero();
    }
}
