package io.selfheal.healer.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentCodec;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.Recording;
import io.selfheal.healer.testkit.RandomIncidents;
import io.selfheal.healer.testkit.Seed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownDocumentsTest {
    private final KnownDocuments known = new KnownDocuments();

    private static Incident incident(int number) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number);
        return Incident.open(new IncidentId("i-" + number), new ServiceId("selfheal", "order"), at);
    }

    @Test
    void whenTheSameTextIsReadAgain_thenItIsTheSameIncident() {
        String text = IncidentCodec.write(incident(1));

        assertThat(known.read(new String(text.toCharArray()))).isSameAs(known.read(text));
    }

    @Test
    void whenTheTextDiffers_thenTheTextCounts() {
        known.read(IncidentCodec.write(incident(1)));

        assertThat(known.read(IncidentCodec.write(incident(2)))).isEqualTo(incident(2));
    }

    @Test
    void whenAnIncidentWasWritten_thenItIsKnownAsItWouldBeRead() {
        RandomIncidents random = new RandomIncidents(Seed.get());
        for (int i = 0; i < 200; i++) {
            Recording recording = Recording.next(new Change(random.incident(), List.of(), Optional.empty()));
            known.add(recording);

            assertThat(known.read(recording.document())).isEqualTo(IncidentCodec.readIncident(recording.document()));
        }
    }

    @Test
    void whenMoreWereReadThanAreKept_thenTheOldestIsReadAnew() {
        Incident first = known.read(IncidentCodec.write(incident(0)));
        for (int i = 1; i <= 500; i++) {
            known.read(IncidentCodec.write(incident(i)));
        }

        assertThat(known.read(IncidentCodec.write(incident(0))))
                .isEqualTo(first)
                .isNotSameAs(first);
    }
}
