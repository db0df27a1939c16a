package io.selfheal.healer.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.lambda.config.Configuration;
import io.selfheal.healer.lambda.config.Settings;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.MutableClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final Configuration configuration = Settings.of(Map.of("HEALER_POLICY", HealerBench.POLICIES), Path.of(""));
    private final List<Wiring> made = new ArrayList<>();
    private final List<String> primed = new ArrayList<>();
    private final Snapshot snapshot = new Snapshot(() -> primed.add("primed"), this::make);

    private Wiring make() {
        Wiring wiring = Wiring.of(configuration, new MutableClock());
        made.add(wiring);
        return wiring;
    }

    @Test
    void whenThePictureIsTaken_thenItIsPrimedAndNothingWiredIsInIt_andAfterwardsAllIsNew() {
        Wiring before = snapshot.wired();

        snapshot.beforeCheckpoint(Core.getGlobalContext());
        assertThat(primed).hasSize(1);
        assertThat(snapshot.isEmpty()).isTrue();

        snapshot.afterRestore(Core.getGlobalContext());
        assertThat(made).hasSize(2);
        assertThat(snapshot.wired()).isNotSameAs(before).isSameAs(made.getLast());
    }

    @Test
    void whenTwoProcessesAreRestoredFromOnePicture_thenTheirIncidentsHaveIdsOfTheirOwn() {
        snapshot.beforeCheckpoint(Core.getGlobalContext());
        snapshot.afterRestore(Core.getGlobalContext());
        String one = snapshot.wired().newId();

        // The same picture once more: the clock stands still, and so does everything else.
        snapshot.beforeCheckpoint(Core.getGlobalContext());
        snapshot.afterRestore(Core.getGlobalContext());
        String other = snapshot.wired().newId();

        assertThat(one.substring(0, 12)).isEqualTo(other.substring(0, 12));
        assertThat(one).isNotEqualTo(other);
    }
}
