package io.selfheal.healer.report;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.testkit.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhyTest {
    private static final Incident INCIDENT = Fixtures.incident("a", Fixtures.service("order"), T0);
    private static final HistoryEntry FIRST = entry(0, Event.SIGNAL, Reason.ALERT_FIRING);
    private static final HistoryEntry HELD = entry(1, Event.SUPPRESS, Reason.COOLDOWN);
    private static final HistoryEntry SECOND = entry(2, Event.SIGNAL, Reason.ALERT_FIRING);
    private static final HistoryEntry THIRD = entry(3, Event.SIGNAL, Reason.ALERT_RESOLVED);
    private static final HistoryEntry OVER = entry(4, Event.RESOLVE, Reason.RECOVERED);

    private static HistoryEntry entry(int seconds, Event event, Reason reason) {
        return Fixtures.entry(INCIDENT, event, reason, T0.plusSeconds(seconds));
    }

    @Test
    void givenASignal_thenTheNextDecisionAnswersIt_andTheOneBeforeStoodAlready() {
        List<HistoryEntry> history = List.of(FIRST, HELD, SECOND, THIRD, OVER);

        Why first = Why.of(FIRST, history);
        assertThat(first.standing()).isEmpty();
        assertThat(first.followed()).contains(HELD);
        assertThat(first.words()).isEqualTo("the healer refuses to act, COOLDOWN: detail of COOLDOWN");

        Why second = Why.of(SECOND, history);
        assertThat(second.standing()).contains(HELD);
        assertThat(second.followed()).contains(OVER);
        assertThat(Why.of(THIRD, history).words()).isEqualTo("the incident is over, RECOVERED: detail of RECOVERED");
    }

    @Test
    void givenNoDecisionSince_thenTheOneBeforeStillStands_orThereIsNone() {
        assertThat(Why.of(SECOND, List.of(FIRST, HELD, SECOND)).words())
                .isEqualTo("it changed nothing: what was decided before it still stands, the healer refuses to act,"
                        + " COOLDOWN: detail of COOLDOWN");
        assertThat(Why.of(FIRST, List.of(FIRST)).words()).isEqualTo("nothing is decided yet");
    }
}
