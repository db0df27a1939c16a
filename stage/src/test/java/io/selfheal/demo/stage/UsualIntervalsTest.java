package io.selfheal.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.observability.Profile;
import io.selfheal.observability.Render;
import io.selfheal.observability.StackAddresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsualIntervalsTest {

    @Test
    void givenARenderedConfiguration_thenItHasTheIntervalsOfTheManuals(@TempDir Path folder) throws IOException {
        Render.stack(
                Profile.PRODUCTION,
                folder,
                new StackAddresses(
                        "127.0.0.1:1", "127.0.0.1:2", URI.create("http://127.0.0.1:3"), "token", "targets.json", "c"));

        UsualIntervals.rewrite(folder);

        assertThat(Files.readString(folder.resolve("prometheus.yml")))
                .contains("scrape_interval: 15s", "scrape_timeout: 10s", "evaluation_interval: 15s")
                .doesNotContain("_interval: 1s", "_interval: 5s\n  #");
        assertThat(Files.readString(folder.resolve("alertmanager.yml")))
                .contains("group_wait: 30s", "group_interval: 5m", "repeat_interval: 4h")
                .doesNotContain("group_wait: 0s", "group_interval: 1s", "'...'");
        assertThat(Files.readString(folder.resolve("rules.yml")))
                .contains("[40s]", "[60s]", "[60s:15s]")
                .doesNotContainPattern("\\[[1-3]?\\ds[:\\]]");
    }

    @Test
    void givenAConfigurationThatSetsNoInterval_thenRefused() {
        assertThatThrownBy(() -> UsualIntervals.prometheus("global: {}"))
                .isInstanceOf(StageFailed.class)
                .hasMessageContaining("scrape_interval");
    }
}
