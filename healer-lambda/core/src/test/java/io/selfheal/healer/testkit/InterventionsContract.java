package io.selfheal.healer.testkit;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.control.Intervention;
import io.selfheal.healer.control.Intervention.Kind;
import io.selfheal.healer.control.Interventions;
import io.selfheal.healer.fleet.ServiceId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every record of interventions keeps to. */
public abstract class InterventionsContract {
    private static final ServiceId ORDER = new ServiceId("selfheal", "order");

    /** The same throughout one test, empty at its start. */
    protected abstract Interventions interventions();

    private static Intervention told(int seconds, Kind kind, Optional<ServiceId> service) {
        return new Intervention(
                T0.plusSeconds(seconds), kind, service, "ann", "the disk is full <b>", "until " + seconds);
    }

    @Test
    void givenNothingWasTold_thenThereIsNothing() {
        assertThat(interventions().newest(10)).isEmpty();
    }

    @Test
    void whenSeveralWereTold_thenTheNewestComeFirstAsTheyWereTold() {
        Intervention pause = told(1, Kind.PAUSE, Optional.empty());
        Intervention approve = told(3, Kind.APPROVE, Optional.of(ORDER));
        Intervention resume = told(2, Kind.RESUME, Optional.empty());
        List.of(pause, approve, resume).forEach(interventions()::add);

        assertThat(interventions().newest(10)).containsExactly(approve, resume, pause);
        assertThat(interventions().newest(2)).containsExactly(approve, resume);
    }

    @Test
    void whenTwoAreToldAtOnce_thenBothAreKept() {
        Intervention one = told(1, Kind.REARM, Optional.of(ORDER));
        interventions().add(one);
        interventions().add(one);

        assertThat(interventions().newest(10)).containsExactly(one, one);
    }
}
