package io.selfheal.healer.local;

import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.control.Storms;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.testkit.StormsContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class JdbcStormsContract extends StormsContract {
    private static final StormLatch.Storm STORM = new StormLatch.Storm(T0, "3 services");

    private JdbcSettings settings;
    private JdbcDatabase database;
    private JdbcStorms storms;

    abstract JdbcSettings fresh();

    @BeforeEach
    void open() {
        settings = fresh();
        database = JdbcDatabase.open(settings);
        storms = new JdbcStorms(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected Storms storms() {
        return storms;
    }

    @Test
    void whenTheHealerStartsAnew_thenTheStormStillStands() {
        storms.trip(STORM);
        database.close();
        database = JdbcDatabase.open(settings);

        assertThat(new JdbcStorms(database).latch(T0))
                .isEqualTo(new Fact.Known<>(new StormLatch(Optional.of(STORM), Optional.empty()), T0));
    }

    @Test
    void whenTheDatabaseIsAway_thenNothingIsKnown_andNothingIsKept() {
        database.close();

        assertThat(storms.latch(T0)).isInstanceOf(Fact.Unknown.class);
        assertThatThrownBy(() -> storms.trip(STORM)).isInstanceOf(StoreUnavailableException.class);
        StormLatch.Rearming rearming = new StormLatch.Rearming(T0, "replaced", "ann");
        assertThatThrownBy(() -> storms.rearm(rearming)).isInstanceOf(StoreUnavailableException.class);
    }
}
