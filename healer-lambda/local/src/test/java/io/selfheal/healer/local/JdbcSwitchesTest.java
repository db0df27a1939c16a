package io.selfheal.healer.local;

import static io.selfheal.healer.local.Incidents.ORDER;
import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.fact.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JdbcSwitchesTest {

    @Nested
    class OnH2 extends Pauses {
        @Override
        JdbcSettings fresh() {
            return TestDatabases.freshH2();
        }
    }

    @Nested
    class OnPostgres extends Pauses {
        @Override
        JdbcSettings fresh() {
            return TestDatabases.freshPostgres();
        }
    }

    abstract static class Pauses {
        private static final Pause OF_ORDER = new Pause(Optional.of(ORDER), "release", "ann", T0, T0.plusSeconds(60));
        private static final Pause EVERYWHERE =
                new Pause(Optional.empty(), "storm", "bob", T0.plusSeconds(1), T0.plusSeconds(30));

        private JdbcDatabase database;
        private JdbcSwitches switches;

        abstract JdbcSettings fresh();

        @BeforeEach
        void open() {
            database = JdbcDatabase.open(fresh());
            switches = new JdbcSwitches(database);
        }

        @AfterEach
        void close() {
            database.close();
        }

        @Test
        void whenPaused_thenInForceUntilItsEnd() {
            switches.pause(OF_ORDER);
            switches.pause(EVERYWHERE);

            assertThat(active(T0.plusSeconds(29))).containsExactly(OF_ORDER, EVERYWHERE);
            assertThat(active(T0.plusSeconds(30))).containsExactly(OF_ORDER);
            assertThat(active(T0.plusSeconds(60))).isEmpty();
        }

        @Test
        void whenPausedAgain_thenTheNewPauseReplacesTheOldOfTheSameScope() {
            switches.pause(OF_ORDER);
            Pause longer = new Pause(Optional.of(ORDER), "release 2", "cy", T0, T0.plusSeconds(600));
            switches.pause(longer);

            assertThat(active(T0)).containsExactly(longer);
        }

        @Test
        void whenResumed_thenOnlyThePauseOfExactlyThatScopeEnds() {
            switches.pause(OF_ORDER);

            assertThat(switches.resume(Optional.empty())).isFalse();
            assertThat(active(T0)).containsExactly(OF_ORDER);
            assertThat(switches.resume(Optional.of(ORDER))).isTrue();
            assertThat(active(T0)).isEmpty();
        }

        @Test
        void whenTheDatabaseIsAway_thenThePausesAreUnknown() {
            database.close();

            assertThat(switches.active(T0)).isInstanceOf(Fact.Unknown.class);
        }

        private List<Pause> active(Instant now) {
            assertThat(switches.active(now)).isInstanceOf(Fact.Known.class);
            return ((Fact.Known<List<Pause>>) switches.active(now)).value();
        }
    }
}
