package io.selfheal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.observability.Tool.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

class RulesTest {
    @ParameterizedTest
    @EnumSource
    void givenTheRules_whenPromtoolChecksThem_thenTheyAreValid(Profile profile) {
        Rendered files = new Rendered(profile);
        assertGreen(Tool.PROMTOOL.run(
                "check", "config", files.prometheus("prometheus.yml").toString()));
    }

    @ParameterizedTest
    @EnumSource
    void givenTheConfigurationForCompose_whenPromtoolChecksIt_thenOnlyTheMountedTokenIsMissing(Profile profile) {
        Rendered files = new Rendered(profile);
        // It exists in the container only, so the syntax is what can be checked here.
        assertGreen(Tool.PROMTOOL.run(
                "check",
                "config",
                "--syntax-only",
                files.prometheus("stack.yml").toString()));
        assertGreen(Tool.PROMTOOL.run("check", "rules", files.rules().toString(), StackAlertsTest.RULES.toString()));
    }

    @ParameterizedTest
    @EnumSource
    void givenTheRules_whenPromtoolTestsThem_thenEveryAlertFiresAndKeepsSilentAsItShould(
            Profile profile, @TempDir Path dir) {
        Rendered files = new Rendered(profile);
        for (Map<String, Object> rule : files.alerts()) {
            assertGreen(testAlone(files, rule, dir));
        }
    }

    /** Takes one guard out of one rule: were the rule tests still green, that guard would be untested. */
    @ParameterizedTest(name = "{0} without {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # the newest scrape failed
            TaskDown | `up{job="task"} == 0` | `up{job="task"} >= 0`
            TaskDown | `>= 2` | `>= 1`
            TaskDown | `>= 2` | `>= 9`
            # the grace of a newborn task, and its end
            TaskDown | `== 1` | `<= 1`
            TaskDown | `(?s)or count_over_time.*?\\n` | `\\n`
            TaskUnready | `app_ready{job="task"} == 0` | `app_ready{job="task"} >= 0`
            TaskUnready | `>= 2` | `>= 1`
            TaskUnready | `== 1` | `<= 1`
            TaskUnready | `(?s)or count_over_time.*?\\n` | `\\n`
            TaskStuck | `> \\d` | `> 0.4`
            TaskStuck | `> \\d` | `> 99`
            TaskStuck | `>= 3` | `>= 2`
            TaskStuck | `>= 3` | `>= 9`
            ErrorBurst | `> 0.2` | `> 0.001`
            ErrorBurst | `>= 10` | `>= 1`
            ErrorBurst | `>= 10` | `>= 100`
            ErrorBurst | `,uri!~"[^"]*"` | ``
            ErrorBurst | `|SHED` | ``
            ErrorBurstLowTraffic | `> 0.5` | `> 0.3`
            ErrorBurstLowTraffic | `>= 3` | `>= 2`
            ErrorBurstLowTraffic | `,uri!~"[^"]*"` | ``
            LatencyHigh | `> 0.4` | `> 0.3`
            LatencyHigh | `>= 10` | `>= 8`
            LatencyHigh | `,uri!~"[^"]*"` | ``
            LatencyHigh | `|SHED` | ``
            LatencyHigh | `le="0.25"` | `le="0.5"`
            LatencyHigh | `(?s)unless.*` | ``
            LatencyHigh | `> 32` | `> 50`
            LatencyHigh | `> 32` | `> 1`
            LatencyHigh | `> 0.8` | `> 8`
            LatencyHigh | `> 0.8` | `> 0.1`
            LatencyHigh | `\\[\\d+[a-z]+:` | `[1s:`
            PoolExhausted | `hikaricp_connections_active{job="task"} >=` | `hikaricp_connections_active{job="task"} >= 99 *`
            PoolExhausted | `and hikaricp_connections_pending{job="task"} > 0` | ``
            PoolExhausted | `for: \\S+` | `for: 0s`
            TaskMemoryHigh | `> 0.8` | `> 0.7`
            TaskMemoryHigh | `> 0.8` | `> 0.9`
            TaskMemoryHigh | `jvm_gc_live_data_size_bytes` | `jvm_memory_used_bytes`
            TaskCpuHigh | `> 0.1` | `> 0.05`
            TaskCpuHigh | `> 0.1` | `> 0.6`
            TaskCpuHigh | `4 * sum` | `2 * sum`
            TaskCpuHigh | `> 30` | `> 0`
            TaskCpuHigh | `(?s)unless.*` | ``
            TaskMissing | `for: \\S+` | `for: 0s`
            TaskMissing | `(?s)or 0 .*?\\n` | `\\n`
            ServiceErrorRatio | `> 0.05` | `> 0.001`
            ServiceErrorRatio | `(?s)> 0.05\\s+and .*?> 0.05` | `> 0.05`
            ServiceErrorRatio | `>= 10` | `>= 5`
            ServiceErrorRatio | `,uri!~"[^"]*"` | ``
            ServiceLatency | `> 0.2` | `> 0.05`
            ServiceLatency | `>= 10` | `>= 5`
            ServiceLatency | `,uri!~"[^"]*"` | ``
            ServiceLatency | `(?s)unless.*` | ``
            DependencySlow | `> 0.25` | `> 0.15`
            DependencySlow | `(?s)> 0.25\\s+and .*?> 0.25` | `> 0.25`
            DependencySlow | `for: \\S+` | `for: 0s`
            ServiceSaturated | `min by` | `max by`
            ServiceSaturated | `> 0.8` | `> 8`
            ServiceSaturated | `> 32` | `> 3200`
            ServiceSaturated | `> 0.1` | `> 0.01`
            HealerDown | `for: \\S+` | `for: 0s`
            """)
    void givenARuleWithAGuardTakenOut_whenPromtoolTestsIt_thenATestFails(
            String alert, String guard, String instead, @TempDir Path dir) {
        Rendered files = new Rendered(Profile.FAST); // both profiles come from one source, windows apart
        Run run = testAlone(files, mutated(files.alert(alert), guard, instead == null ? "" : instead), dir);
        assertThat(run.exit()).as("no rule test noticed").isNotZero();
        assertThat(run.output()).contains("FAILED").doesNotContain("parse error");
    }

    /** One rule with the expectations about it only: alerts do not see each other, and all with all takes a minute. */
    private static Run testAlone(Rendered files, Map<String, Object> rule, Path dir) {
        write(dir.resolve("rules.yml"), Map.of("groups", List.of(Map.of("name", "alone", "rules", List.of(rule)))));
        write(dir.resolve("rules.test.yml"), files.testsOf(String.valueOf(rule.get("alert"))));
        return Tool.PROMTOOL.run("test", "rules", dir.resolve("rules.test.yml").toString());
    }

    private static Map<String, Object> mutated(Map<String, Object> rule, String guard, String instead) {
        boolean regex = guard.startsWith("(?") || guard.contains("\\") || guard.startsWith(",uri");
        Pattern pattern = Pattern.compile(regex ? guard : Pattern.quote(guard));
        Map<String, Object> mutant = new LinkedHashMap<>(rule);
        mutant.computeIfPresent("expr", (key, expr) -> replaced(pattern, expr, instead));
        mutant.computeIfPresent(
                "for", (key, wait) -> replaced(pattern, "for: " + wait, instead).replace("for: ", ""));
        assertThat(mutant).as("there is no guard %s", guard).isNotEqualTo(rule);
        return mutant;
    }

    private static String replaced(Pattern pattern, Object text, String instead) {
        return pattern.matcher(text.toString()).replaceAll(Matcher.quoteReplacement(instead.replace("\\n", "\n")));
    }

    private static void write(Path file, Map<String, Object> yaml) {
        try {
            Files.writeString(file, new Yaml().dump(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertGreen(Run run) {
        assertThat(run.exit()).as(run.output()).isZero();
    }
}
