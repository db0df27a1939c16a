package io.selfheal.healer.incident;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.alert;
import static io.selfheal.healer.testkit.Fixtures.firing;
import static io.selfheal.healer.testkit.Fixtures.resolved;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.testkit.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FoldPropertyTest {
    private static final ServiceId ORDER = service("order");
    private static final Incident EMPTY = Incident.open(new IncidentId("a"), ORDER, T0);

    private static Alert stuck(int episode) {
        return alert("TaskStuck", ORDER, Optional.of(task(1)), T0.plusSeconds(60L * episode));
    }

    @Test
    void copiesInAnyOrderAfterTheFirstFiringChangeNothingMore() {
        long seed = Seed.get();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Signal> copies = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                copies.add(random.nextBoolean() ? firing(stuck(0)) : resolved(stuck(0), T0));
            }
            Collections.shuffle(copies, random);
            Incident folded = Fold.signals(EMPTY, copies, T0).incident();

            boolean everFired = copies.contains(firing(stuck(0)));
            assertThat(folded.alerts()).as("seed %d", seed).hasSize(everFired ? 1 : 0);
            Incident again =
                    Fold.signals(folded, List.of(resolved(stuck(0), T0)), T0).incident();
            assertThat(Fold.signals(again, copies, T0).news())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void episodesThatArriveInAnyOrderEndInTheLatest() {
        long seed = Seed.get();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Signal> signals = new ArrayList<>();
            for (int episode = 0; episode < 5; episode++) {
                signals.add(firing(stuck(episode)));
            }
            Collections.shuffle(signals, random);
            Incident folded = Fold.signals(EMPTY, signals, T0).incident();

            assertThat(folded.alerts()).as("seed %d", seed).hasSize(1);
            assertThat(folded.alerts().getFirst().alert()).as("seed %d", seed).isEqualTo(stuck(4));
            // The late resolve of an earlier episode does not end the latest.
            assertThat(Fold.signals(folded, List.of(resolved(stuck(3), T0)), T0).news())
                    .isEmpty();
        }
    }

    @Test
    void givenAsManyAlertsAsAreTracked_thenEndedOnesMakeRoomAndStandingOnesStay() {
        List<Signal> many = new ArrayList<>();
        for (int i = 0; i < Fold.MAX_TRACKED + 50; i++) {
            many.add(firing(alert("A" + i, ORDER, Optional.empty(), T0)));
        }
        Incident full = Fold.signals(EMPTY, many, T0).incident();
        assertThat(full.alerts()).hasSize(Fold.MAX_TRACKED);

        Alert last = alert("Last", ORDER, Optional.empty(), T0);
        assertThat(Fold.signals(full, List.of(firing(last)), T0).news()).isEmpty();
        Incident room = Fold.signals(
                        full, List.of(resolved(alert("A7", ORDER, Optional.empty(), T0), T0), firing(last)), T0)
                .incident();
        assertThat(room.alerts().stream().map(tracked -> tracked.alert().name()).collect(Collectors.toSet()))
                .hasSize(Fold.MAX_TRACKED)
                .contains("Last")
                .doesNotContain("A7");
    }
}
