package io.selfheal.observability;

import static io.selfheal.observability.Rendered.RUNBOOKS;
import static io.selfheal.observability.Rendered.list;
import static io.selfheal.observability.Rendered.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.observability.Tool.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The alerts on what watches: as complete as those on the shop, and none of the healer's business. */
class StackAlertsTest {
    static final Path RULES = Rendered.MODULE.resolve("prometheus/stack/rules.yml");
    private static final Path TESTS = Rendered.MODULE.resolve("prometheus/stack/rules.test.yml");

    @Test
    void givenTheRules_whenPromtoolTestsThem_thenEveryAlertFiresAndKeepsSilentAsItShould() {
        Run run = Tool.PROMTOOL.run("test", "rules", TESTS.toString());
        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void givenAnAlert_thenItHasAFiringAndASilentTest() {
        assertThat(names()).isNotEmpty().isSubsetOf(expected(true)).isSubsetOf(expected(false));
    }

    @Test
    void givenAnAlert_thenItIsForPeopleAndItsPageTellsThemWhatToDo() {
        for (Map<String, Object> alert : alerts()) {
            String name = String.valueOf(alert.get("alert"));
            assertThat(map(alert, "labels").keySet()).as(name).containsExactly("severity");
            assertThat(map(alert, "labels").get("severity")).isIn("page", "ticket");
            assertThat(map(alert, "annotations")).containsEntry("runbook", "docs/runbooks/" + name + ".md");
            assertThat(Rendered.text(RUNBOOKS.resolve(name + ".md")))
                    .startsWith("# " + name + "\n")
                    .contains(AlertsAreCompleteTest.SECTIONS);
        }
    }

    static Set<String> names() {
        return alerts().stream()
                .map(alert -> String.valueOf(alert.get("alert")))
                .collect(Collectors.toSet());
    }

    private static List<Map<String, Object>> alerts() {
        return list(Rendered.yaml(RULES), "groups").stream()
                .flatMap(group -> list(group, "rules").stream())
                .toList();
    }

    private static Set<String> expected(boolean firing) {
        return list(Rendered.yaml(TESTS), "tests").stream()
                .flatMap(test -> list(test, "alert_rule_test").stream())
                .filter(expectation -> list(expectation, "exp_alerts").isEmpty() != firing)
                .map(expectation -> String.valueOf(expectation.get("alertname")))
                .collect(Collectors.toSet());
    }
}
