package io.selfheal.healer.local;

import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.testkit.SwitchesContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class JdbcSwitchesContract extends SwitchesContract {
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

    @Override
    protected Switches switches() {
        return switches;
    }

    @Test
    void whenTheDatabaseIsAway_thenThePausesAreUnknown_andNoneIsKept() {
        database.close();

        assertThat(switches.active(T0)).isInstanceOf(Fact.Unknown.class);
        Pause pause = new Pause(Optional.empty(), "storm", "ann", T0, T0.plusSeconds(1));
        assertThatThrownBy(() -> switches.pause(pause)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> switches.resume(Optional.empty())).isInstanceOf(StoreUnavailableException.class);
    }
}
