package io.selfheal.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.observability.Profile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTest {

    @Test
    void givenAStageThatCouldNotBeSetUp_whenClosed_thenItsFolderIsFreeForTheNextOne(@TempDir Path nothingBuilt) {
        StageOptions options =
                new StageOptions(nothingBuilt, Profile.FAST, true, true, Optional.empty(), new Ports(31_000), 1);

        Stage stage = new Stage(options, Clock.systemUTC(), what -> {});
        assertThatThrownBy(stage::start).isInstanceOf(StageFailed.class).hasMessageContaining("is missing");

        stage.close();

        try (RunFolder free = RunFolder.take(options.folder())) {
            assertThat(free.path()).exists();
        }
    }
}
