package io.selfheal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.observability.Tool.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoutesTest {
    private static final String CONFIG = "--config.file=" + new Rendered(Profile.FAST).alertmanager();

    @ParameterizedTest
    @EnumSource
    void givenTheConfiguration_whenAmtoolChecksIt_thenItIsValid(Profile profile) {
        Run run = Tool.AMTOOL.run(
                "check-config", new Rendered(profile).alertmanager().toString());
        assertThat(run.exit()).as(run.output()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            healer,humans | alertname=TaskDown heal=auto severity=page service_name=order task_arn=t1
            healer,humans | alertname=ServiceLatency heal=auto severity=ticket service_name=order
            healer        | alertname=Anything heal=auto
            humans        | alertname=HealerDown severity=page
            humans        | alertname=TaskDown heal=manual severity=page
            humans        | alertname=TaskDown heal=automatic severity=page
            humans        | alertname=Nobody
            """)
    void givenAnAlert_whenRouted_thenItReaches(String receivers, String labels) {
        Run run = route(receivers, labels);
        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void givenAWrongExpectation_whenRouted_thenAmtoolSaysSo() {
        assertThat(route("healer", "alertname=HealerDown severity=page").exit()).isNotZero();
        assertThat(route("humans", "alertname=TaskDown heal=auto severity=page").exit())
                .isNotZero();
    }

    /** amtool does not look at these; each wrong value loses or delays alerts (see the comments in the file). */
    @ParameterizedTest
    @EnumSource
    void givenTheHealersRoute_thenNothingDelaysMergesOrCutsItsAlerts(Profile profile) {
        Map<String, Object> config = Rendered.yaml(new Rendered(profile).alertmanager());
        Map<String, Object> route =
                Rendered.list(map(config, "route"), "routes").getFirst();
        assertThat(route)
                .containsEntry("receiver", "healer")
                .containsEntry("group_by", List.of("..."))
                .containsEntry("group_wait", "0s")
                .containsEntry("group_interval", "1s")
                .containsEntry("continue", true);
        Map<String, Object> webhook = Rendered.list(
                        Rendered.list(config, "receivers").getFirst(), "webhook_configs")
                .getFirst();
        assertThat(webhook).containsEntry("send_resolved", true).containsEntry("max_alerts", 0);
        assertThat(map(webhook, "http_config")).containsEntry("follow_redirects", false);
    }

    /** A rule that inhibits without saying on what both agree silences a whole fleet for one sick task. */
    @ParameterizedTest
    @EnumSource
    void givenAnInhibition_thenItIsBoundToOneClusterAndNeverHidesTaskDown(Profile profile) {
        Map<String, Object> config = Rendered.yaml(new Rendered(profile).alertmanager());
        assertThat(Rendered.list(config, "inhibit_rules")).isNotEmpty().allSatisfy(rule -> {
            assertThat(String.valueOf(rule.get("equal"))).contains("cluster");
            assertThat(String.valueOf(rule.get("target_matchers"))).doesNotContain("TaskDown", "HealerDown");
        });
    }

    private static Run route(String receivers, String labels) {
        List<String> arguments =
                new ArrayList<>(List.of("config", "routes", "test", CONFIG, "--verify.receivers=" + receivers));
        arguments.addAll(List.of(labels.split(" ")));
        return Tool.AMTOOL.run(arguments.toArray(String[]::new));
    }

    @SuppressWarnings("unchecked") // a YAML map, or the test fails
    private static Map<String, Object> map(Map<String, Object> map, String key) {
        return (Map<String, Object>) map.getOrDefault(key, Map.of());
    }
}
