package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentEdit;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState.Acting;
import io.selfheal.healer.incident.IncidentState.Open;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Measure;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.incident.Transitions.Event;
import io.selfheal.healer.testkit.FailingStore;
import io.selfheal.healer.testkit.HealerBench;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a process that stood still too long finds when it comes back with what it did. */
class LateEffectsTest {
    private static final Duration GIVEN_UP = Duration.ofSeconds(15);

    private final HealerBench.World world = new HealerBench.World();
    private final ServiceId order = world.fleet.service("order", 2);
    private final TaskId first = world.fleet.tasksOf(order).getFirst();
    private final Instant now = world.clock.instant();
    private final Acting surging =
            new Acting(new Action.SurgeRestart(order, first, 2, 3, Duration.ofMinutes(1)), 1, now.minusSeconds(1));
    private final Action undo = surging.action().undo().orElseThrow().action();
    private final Incident claimed = Incident.open(IncidentId.of(now, 1), order, now);
    private final Outcome done = new Outcome.Accepted("3 wanted");
    private final Outcome lost = new Outcome.Failed("the answer did not come");
    private final FailingStore store = new FailingStore(world.store);
    private final LateEffects late = late();

    private LateEffects late() {
        Ports ports =
                new Ports(store, world.store, world.fleet, world.fleet, world.switches, world.silences, world.storms);
        Host host = new Host(world.clock, Runnable::run, () -> IncidentId.of(now, 2), (_, _) -> {});
        return new LateEffects(ports, host, "test", new Notifier((_, _) -> {}));
    }

    private Incident saved(IncidentEdit edit) {
        return switch (world.store.save(new Change(edit.done(), List.of(), Optional.empty()))) {
            case SaveResult.Saved(Incident saved) -> saved;
            case SaveResult.Conflict _ -> throw new AssertionError("nobody else writes");
        };
    }

    private List<Measure> measures() {
        return world.latest(order).measures();
    }

    @Test
    void whenNothingElseIsWrong_thenItIsUndoneInAStoryOfItsOwn() {
        late.note(claimed, surging, done, now);

        assertThat(world.latest(order).id()).isNotEqualTo(claimed.id());
        assertThat(world.latest(order).state().phase()).isEqualTo(Phase.SETTLING);
        assertThat(measures()).containsExactly(new Measure(undo, now));
        assertThat(world.reasons(order)).containsExactly(Reason.ACTION_ACCEPTED);
        assertThat(late.anyKept()).isFalse();
    }

    @Test
    void whenItIsGoingToBeUndoneAnyway_thenNothingIsNoted() {
        Incident open = saved(claimed.edit().measures(List.of(new Measure(undo, now.minusSeconds(1)))));

        late.note(claimed, surging, done, now);

        assertThat(world.latest(order)).isEqualTo(open);
        assertThat(late.anyKept()).isFalse();
    }

    @Test
    void whenNobodyToldWhetherItWasDone_thenNothingUndoesItWhileItMayStillBe() {
        Action other = new Action.ScaleBack(order, 4, 2);
        Measure later = new Measure(new Action.Restore(order, Mode.DEGRADED), now);
        saved(claimed.edit().measures(List.of(new Measure(other, now.plusSeconds(1)), later)));

        late.note(claimed, surging, lost, now);

        assertThat(measures()).containsExactly(new Measure(other, now.plus(GIVEN_UP)), later);
        assertThat(world.reasons(order)).containsExactly(Reason.ACTION_FAILED);
        assertThat(late.anyKept()).isFalse();

        // As after a save whose answer was lost.
        world.clock.advance(Duration.ofSeconds(5));
        late.note(claimed, surging, lost, now);

        assertThat(measures()).containsExactly(new Measure(other, now.plus(GIVEN_UP)), later);
    }

    @Test
    void whenSomebodyRaisedTheCountFurther_thenItIsNotedWhenThatIsUndone() {
        Measure further = new Measure(new Action.Retire(order, first, 4, 3, false), now.plusSeconds(60));
        Incident raised = saved(claimed.edit().measures(List.of(further)));

        late.note(claimed, surging, done, now);
        assertThat(world.latest(order)).isEqualTo(raised);
        assertThat(late.anyKept()).isTrue();

        saved(raised.edit().measures(List.of()));
        late.noteKept();

        assertThat(measures()).containsExactly(new Measure(undo, now));
        assertThat(late.anyKept()).isFalse();
    }

    @Test
    void whenItWasNotedUnheardAndIsUndoneMeanwhile_thenItIsNotNotedAgain() {
        store.mute(true);
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> late.note(claimed, surging, done, now));
        store.mute(false);
        assertThat(late.anyKept()).isTrue();
        Incident undone = saved(world.latest(order).edit().measures(List.of()));

        late.noteKept();

        assertThat(world.latest(order)).isEqualTo(undone);
        assertThat(late.anyKept()).isFalse();
    }

    @Test
    void whenItCouldNotBeNotedAtAll_thenItIsNotedLater() {
        store.down(true);
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> late.note(claimed, surging, done, now));
        store.down(false);

        late.noteKept();

        assertThat(measures()).containsExactly(new Measure(undo, now));
        assertThat(late.anyKept()).isFalse();
    }

    @Test
    void whenWhatUndoesItIsUnderWay_thenItIsNotedWhenThatHasEnded() {
        Acting undoing = new Acting(undo, 2, now.plusSeconds(15));
        Incident acting = saved(claimed.edit().move(Event.CLAIMED, undoing).measures(List.of(new Measure(undo, now))));

        late.note(claimed, surging, done, now);
        assertThat(world.latest(order)).isEqualTo(acting);
        assertThat(late.anyKept()).isTrue();

        // There was nothing to undo yet, so it was refused.
        saved(acting.edit().move(Event.REVERTED, new Open()).measures(List.of()));
        late.noteKept();

        assertThat(measures()).containsExactly(new Measure(undo, now));
        assertThat(late.anyKept()).isFalse();
    }
}
