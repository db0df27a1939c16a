package io.selfheal.healer.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.testkit.RandomIncidents;
import io.selfheal.healer.testkit.Seed;
import org.junit.jupiter.api.Test;

class IncidentCodecPropertyTest {

    @Test
    void whateverIsWrittenIsReadBackEqual() {
        long seed = Seed.get();
        RandomIncidents random = new RandomIncidents(seed);
        for (int i = 0; i < 2000; i++) {
            Incident incident = random.incident();
            assertThat(IncidentCodec.readIncident(IncidentCodec.write(incident)))
                    .as("seed %d", seed)
                    .isEqualTo(incident);
            HistoryEntry entry = random.entry(incident);
            assertThat(IncidentCodec.readEntry(IncidentCodec.write(entry)))
                    .as("seed %d", seed)
                    .isEqualTo(entry);
        }
    }

    @Test
    void fieldsOfANewerHealerArePassedOver() {
        Incident incident = new RandomIncidents(7).incident();
        String newer = IncidentCodec.write(incident)
                .replaceFirst("\\{", "{\"newField\":{\"deep\":[1,2]},")
                .replace("\"phase\":", "\"newDetail\":true,\"phase\":");

        assertThat(IncidentCodec.readIncident(newer)).isEqualTo(incident);
    }

    @Test
    void whatIsNoIncidentIsRefusedWithAReason() {
        assertThatThrownBy(() -> IncidentCodec.readIncident("not json"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not JSON");
        assertThatThrownBy(() -> IncidentCodec.readIncident("{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id: expected text");
    }
}
