package io.selfheal.observability.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.observability.Tool;
import io.selfheal.observability.Tool.Run;
import io.selfheal.observability.slo.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnomalyRulesTest {
    @TempDir
    private Path dir = Path.of("");

    /** On the demo clock only: the text for the other differs in its times alone, in rules and tests alike. */
    @Test
    void givenInjectedSteps_whenPromtoolTestsTheRules_thenWhatIsUnusualFiresAndWhatIsUsualKeepsSilent()
            throws IOException {
        Run run = test(Pace.DEMO, AnomalyFiles.rules(Pace.DEMO));
        assertThat(run.exit()).as(run.output()).isZero();
    }

    /** Takes one guard out: were the tests still green, that guard would be untested. */
    @ParameterizedTest(name = "without {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            the width of the bands       | `1.5 \\* `                                        | `1.05 * `
            what yesterday was like      | `(2 \\* avg_over_time\\(anomaly:stddev1h:lively|1.5 \\* \\(anomaly:avg1h offset 7050s)` | `0 * $1`
            too few requests             | `or anomaly:input\\{anomaly_name="requests"\\} <` | `or anomaly:input{anomaly_name="nothing"} <`
            the history of the cold start| `and anomaly:input offset 150s`                    | ``
            the end of the cold start    | `unless anomaly:input offset 125m`                 | ``
            """)
    void givenAGuardTakenOut_whenPromtoolTestsIt_thenATestFails(String what, String guard, String instead)
            throws IOException {
        String rules = AnomalyFiles.rules(Pace.DEMO);
        String mutant = rules.replaceAll(guard, instead == null ? "" : instead);
        assertThat(mutant).as("there is no guard %s", guard).isNotEqualTo(rules);
        Run run = test(Pace.DEMO, mutant);
        assertThat(run.exit()).as("no test noticed that %s is missing", what).isNotZero();
        assertThat(run.output()).contains("FAILED").doesNotContain("parse error");
    }

    private Run test(Pace pace, String rules) throws IOException {
        Files.writeString(dir.resolve("anomaly.rules.yml"), rules);
        Path tests = Files.writeString(dir.resolve("anomaly.rules.test.yml"), AnomalyFiles.ruleTests(pace));
        return Tool.PROMTOOL.run("test", "rules", tests.toString());
    }
}
