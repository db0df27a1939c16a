package io.selfheal.healer.local;

import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.control.Intervention;
import io.selfheal.healer.control.Interventions;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.testkit.InterventionsContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class JdbcInterventionsContract extends InterventionsContract {
    private static final Intervention TOLD =
            new Intervention(T0, Intervention.Kind.PAUSE, Optional.empty(), "ann", "a change", "until noon");

    private JdbcSettings settings;
    private JdbcDatabase database;
    private JdbcInterventions interventions;

    abstract JdbcSettings fresh();

    @BeforeEach
    void open() {
        settings = fresh();
        database = JdbcDatabase.open(settings);
        interventions = new JdbcInterventions(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected Interventions interventions() {
        return interventions;
    }

    @Test
    void whenTheHealerStartsAnew_thenItIsStillThere() {
        interventions.add(TOLD);
        database.close();
        database = JdbcDatabase.open(settings);

        assertThat(new JdbcInterventions(database).newest(10)).containsExactly(TOLD);
    }

    @Test
    void whenTheDatabaseIsAway_thenItSaysSo() {
        database.close();

        assertThatThrownBy(() -> interventions.add(TOLD)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> interventions.newest(1)).isInstanceOf(StoreUnavailableException.class);
    }
}
