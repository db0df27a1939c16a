package io.selfheal.healer.testkit;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.control.StormLatch.Storm;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.Transitions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What everything keeps to that calls a person: it calls once, in words, and never holds up healing. */
public abstract class NoticesContract {

    /** The same throughout one test, with a receiver that takes what it is sent. */
    protected abstract HistoryListener notices();

    /** What the receiver got so far, one text a call. */
    protected abstract List<String> received();

    /** From now on the receiver answers nothing for ten minutes. */
    protected abstract void receiverHangs();

    private static final Incident INCIDENT = Fixtures.incident("i1", service("order"), T0);

    private static Incident escalated(Reason reason) {
        return INCIDENT.withVersion(4)
                .edit()
                .move(Transitions.Event.ESCALATED, new IncidentState.Escalated(T0, reason))
                .done();
    }

    private void escalate(Reason reason) {
        Incident incident = escalated(reason);
        notices().onHistory(incident, List.of(said(incident, Event.ESCALATE, reason, Optional.empty())));
    }

    private static HistoryEntry said(Incident incident, Event event, Reason reason, Optional<Action> action) {
        return new HistoryEntry(
                incident.id(), incident.service(), T0, event, reason, "nothing helped", action, "test@1");
    }

    private void awaitCalls(int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (received().size() < count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(received()).hasSize(count);
    }

    @Test
    void whenAnIncidentIsEscalated_thenAPersonIsToldWhichAndWhy() {
        escalate(Reason.LADDER_EXHAUSTED);

        awaitCalls(1);
        assertThat(received().getFirst()).contains("order", "i1", "LADDER_EXHAUSTED", "nothing helped");
    }

    @Test
    void whenAPersonIsAsked_thenItIsTold_butNotThatTheQuestionStillStands() {
        Incident asked = INCIDENT.withVersion(2);
        Optional<Action> action = Optional.of(new Action.Redeploy(service("order")));
        notices().onHistory(asked, List.of(said(asked, Event.SUPPRESS, Reason.APPROVAL_REQUIRED, action)));
        notices().onHistory(asked, List.of(said(asked, Event.SUPPRESS, Reason.APPROVAL_REQUIRED, Optional.empty())));
        escalate(Reason.NOT_APPROVED);

        awaitCalls(2);
        assertThat(received().getFirst()).contains("APPROVAL_REQUIRED");
        assertThat(received().getLast()).contains("NOT_APPROVED");
    }

    @Test
    void whenAStormStands_thenOneCallSaysWhatAPersonHasToDo() {
        notices().onStorm(INCIDENT, new Storm(T0, "30 services fell ill"));

        awaitCalls(1);
        assertThat(received().getFirst()).contains("STORM", "30 services fell ill", "/rearm");
    }

    @Test
    @Timeout(120)
    void whenTheReceiverHangs_thenHealingGoesOn() {
        receiverHangs();

        for (int i = 0; i < 5000; i++) {
            escalate(Reason.NO_POLICY);
            notices().onStorm(INCIDENT, new Storm(T0, "storm " + i));
        }
        assertThat(received().size()).isLessThan(5000);
    }
}
