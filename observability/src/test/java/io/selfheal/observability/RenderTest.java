package io.selfheal.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.selfheal.observability.Tool.Run;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenderTest {
    private static final StackAddresses ELSEWHERE = new StackAddresses(
            "127.0.0.1:19090",
            "127.0.0.1:19093",
            URI.create("http://127.0.0.1:17070"),
            "/tmp/it's here/token",
            "C:\\state dir\\targets\\*.json",
            "blue");

    @ParameterizedTest
    @EnumSource
    void givenOtherAddresses_whenAStackIsRendered_thenTheToolsAcceptIt(Profile profile, @TempDir Path dir)
            throws IOException {
        Stack stack = Render.stack(profile, dir.resolve("a new folder"), ELSEWHERE);
        Run prometheus =
                Tool.PROMTOOL.run("check", "config", stack.prometheusConfig().toString());
        assertThat(prometheus.exit()).as(prometheus.output()).isZero();
        Run alertmanager =
                Tool.AMTOOL.run("check-config", stack.alertmanagerConfig().toString());
        assertThat(alertmanager.exit()).as(alertmanager.output()).isZero();
    }

    @Test
    void givenOtherAddresses_whenAStackIsRendered_thenTheyAreInTheFilesAndOnTheCommandLines(@TempDir Path dir)
            throws IOException {
        Stack stack = Render.stack(Profile.FAST, dir, ELSEWHERE);
        assertThat(Rendered.text(stack.prometheusConfig()))
                .contains("'127.0.0.1:19093'", "'127.0.0.1:17070'", "'C:/state dir/targets/*.json'", "cluster: 'blue'")
                .doesNotContain("9090", "7070]", "@");
        assertThat(Rendered.text(stack.alertmanagerConfig()))
                .contains("'http://127.0.0.1:17070/signals/alertmanager'", "'/tmp/it''s here/token'")
                .doesNotContain("@");
        assertThat(stack.prometheusArguments())
                .contains(
                        "--web.listen-address=127.0.0.1:19090",
                        "--config.file=" + stack.prometheusConfig(),
                        "--enable-feature=exemplar-storage");
        assertThat(stack.alertmanagerArguments())
                .contains("--web.listen-address=127.0.0.1:19093", "--cluster.listen-address=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"targets", "targets/*/x.json", "targets/*.txt"})
    void givenTargetsThatPrometheusWouldRefuse_thenTheAddressesAreRefused(String targets) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StackAddresses("h:1", "h:2", URI.create("http://h:3"), "token", targets, "c"))
                .withMessageContaining("targets");
    }

    @Test
    void givenAHealerWithoutAPort_thenTheAddressesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StackAddresses("h:1", "h:2", URI.create("http://h"), "token", "t.json", "c"))
                .withMessageContaining("healer");
    }

    @Test
    void givenPlaceholders_whenFilled_thenSettingsSumsAndCountsAreInTheirPlaces() {
        Template template = new Template(Map.of("scrape.interval", "5s", "budget", "1500ms"));
        assertThat(template.fill("@scrape.interval@ @at 2m budget@ 0+@each 10@x@scrapes 120s@ {{ $labels.x }} a@b.c"))
                .isEqualTo("5s 121500ms 0+50x24 {{ $labels.x }} a@b.c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@nobody@", "@at 120s nobody@", "@scrapes 7s@", "@at 3h@"})
    void givenAPlaceholderThatMakesNoSense_whenFilled_thenItIsRefused(String source) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Template(Map.of("scrape.interval", "5s")).fill(source));
    }
}
