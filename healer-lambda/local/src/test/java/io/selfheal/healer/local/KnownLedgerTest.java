package io.selfheal.healer.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KnownLedgerTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final KnownLedger ledger = new KnownLedger();

    private static ActionRecord action(String incident, Instant at) {
        return new ActionRecord(
                new IncidentId(incident),
                1,
                new ServiceId("selfheal", "order"),
                Optional.empty(),
                ActionKind.RESTART_TASK,
                at);
    }

    @Test
    void whenNothingWasRead_thenNothingIsKnown_alsoAfterAClaim() {
        ledger.claimed(new Change.Claim(action("i1", T0), 0));

        assertThat(ledger.at(1, T0)).isEmpty();
    }

    @Nested
    class GivenItWasRead {
        private final ActionRecord first = action("i1", T0.plusSeconds(10));
        private final ActionRecord second = action("i2", T0.plusSeconds(20));

        GivenItWasRead() {
            ledger.read(new Ledger(7, List.of(first)), T0);
        }

        @Test
        void whenTheVersionIsTheSame_thenItIsKnown_fromWhenItWasReadOn() {
            assertThat(ledger.at(7, T0)).contains(new Ledger(7, List.of(first)));
            assertThat(ledger.at(7, T0.plusSeconds(11))).contains(new Ledger(7, List.of()));
            assertThat(ledger.at(7, T0.minusMillis(1))).isEmpty();
        }

        @Test
        void whenSomebodyElseClaimed_thenItIsNotKnown() {
            assertThat(ledger.at(8, T0)).isEmpty();
        }

        @Test
        void whenAClaimWasMadeOnIt_thenTheNextVersionIsKnown_andTheOldOneNoMore() {
            assertThat(ledger.at(7, T0)).isPresent();
            ledger.claimed(new Change.Claim(second, 7));

            assertThat(ledger.at(8, T0)).contains(new Ledger(8, List.of(first, second)));
            assertThat(ledger.at(7, T0)).isEmpty();
        }

        @Test
        void whenAClaimWasMadeOnAnother_thenNothingIsKnownAnyMore() {
            ledger.claimed(new Change.Claim(second, 9));

            assertThat(ledger.at(7, T0)).isEmpty();
            assertThat(ledger.at(10, T0)).isEmpty();
        }

        @Test
        void whenTheClockOfAClaimIsFiner_thenItIsAsTheDatabaseWouldHaveIt() {
            Instant fine = T0.plusNanos(1_500);
            assertThat(ledger.at(7, T0)).isPresent();
            ledger.claimed(new Change.Claim(action("i0", fine), 7));

            assertThat(ledger.at(8, fine)).contains(new Ledger(8, List.of(action("i0", T0.plusNanos(1_000)), first)));
        }

        @Test
        void whenOnlyTheLatestAreAskedFor_thenTheOldAreForgotten() {
            Instant late = T0.plus(Duration.ofMinutes(1));
            assertThat(ledger.at(7, late)).isPresent();
            ledger.claimed(new Change.Claim(action("i2", late), 7));

            assertThat(ledger.at(8, late)).isPresent();
            assertThat(ledger.at(8, T0)).isEmpty();
        }
    }
}
