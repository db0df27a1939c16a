package io.selfheal.healer.lambda.invocation;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.incident;
import static io.selfheal.healer.testkit.Fixtures.resolved;
import static io.selfheal.healer.testkit.Fixtures.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final ServiceId ORDER = service("order");
    private static final ServiceId USER = service("user");

    private final Agenda agenda = new Agenda();

    private static Incident due(ServiceId service, Instant at) {
        return incident("i-" + service.service(), service, T0).edit().dueAt(at).done();
    }

    @Test
    void givenNothingIsOpen_thenNoLookIsNeeded() {
        assertThat(agenda.next(List.of(), Map.of())).isEmpty();
    }

    @Test
    void givenSeveralIncidents_thenTheSoonest() {
        assertThat(agenda.next(List.of(due(ORDER, T0.plusSeconds(30)), due(USER, T0.plusSeconds(10))), Map.of()))
                .contains(T0.plusSeconds(10));
    }

    @Test
    void givenAnIndexThatLags_thenWhatThisCallSavedCounts() {
        agenda.onHistory(due(ORDER, T0.plusSeconds(5)), List.of());
        assertThat(agenda.next(List.of(), Map.of())).contains(T0.plusSeconds(5));

        agenda.onHistory(resolved(due(ORDER, T0), T0), List.of());
        assertThat(agenda.next(List.of(due(ORDER, T0)), Map.of())).isEmpty();
        assertThat(agenda.next(List.of(), Map.of(ORDER, T0.plusSeconds(9)))).isEmpty();
    }

    @Test
    void givenAServiceWasPutOff_thenNotBeforeThen() {
        assertThat(agenda.next(List.of(due(ORDER, T0)), Map.of(ORDER, T0.plusSeconds(60))))
                .contains(T0.plusSeconds(60));
        assertThat(agenda.next(List.of(), Map.of(USER, T0.plusSeconds(20)))).contains(T0.plusSeconds(20));
    }
}
