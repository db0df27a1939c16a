package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.testkit.FailingStore;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** An accepted action of which the store is told with the next write: what may wait for that, what not, and who knows what. */
class UnsavedOutcomesTest {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final World world = new World();
    private final ServiceId order = world.fleet.service("order", 3);
    private final TaskId first = world.fleet.tasksOf(order).getFirst();
    private final TaskId last = world.fleet.tasksOf(order).getLast();
    private final Action restart = new Action.RestartTask(order, first);

    private Phase stored() {
        return world.latest(order).state().phase();
    }

    private HealerBench acted() {
        return acted(world.healer());
    }

    private HealerBench acted(HealerBench healer) {
        healer.fires(world.alert("ErrorBurst", order, first));
        assertThat(world.actions()).containsExactly(restart);
        return healer;
    }

    private List<HistoryEntry> history() {
        return world.store.history(world.latest(order).id());
    }

    @Nested
    class GivenTheFleetTookARestart {
        @Test
        void thenClaimAndEndAreTheOnlyWrites_andTheHistoryIsWhole() {
            HealerBench healer = acted();
            Instant at = world.clock.instant();
            healer.run(MINUTE);

            assertThat(world.store.writes()).isEqualTo(2);
            assertThat(world.reasons(order))
                    .containsExactly(Reason.ALERT_FIRING, Reason.SICK_TASK, Reason.ACTION_ACCEPTED, Reason.VERIFIED);
            assertThat(history().get(2).at()).isEqualTo(at);
        }

        @Test
        void whileItIsVerified_thenTheStoreSaysActing_andThisProcessKnowsMore() {
            HealerBench healer = acted();
            healer.step();
            Incident incident = world.latest(order);

            Step known = healer.remediator().unsaved(incident).orElseThrow();

            assertThat(incident.state().phase()).isEqualTo(Phase.ACTING);
            assertThat(known.incident().state().phase()).isEqualTo(Phase.VERIFYING);
            assertThat(known.entries()).extracting(HistoryEntry::event).containsExactly(Event.ACTED);
            assertThat(healer.unsaved()).isEqualTo(known.entries());
            assertThat(world.healer().remediator().unsaved(incident)).isEmpty();
        }

        @Test
        void whenItIsSaved_thenNothingIsLeftUnsaved() {
            HealerBench healer = acted();
            Incident acting = world.latest(order);
            healer.run(MINUTE);

            assertThat(healer.remediator().unsaved(acting)).isEmpty();
            assertThat(healer.remediator().unsaved(world.latest(order))).isEmpty();
        }

        @Test
        void whenVerificationOutlastsTheLease_thenItIsSavedBefore() {
            world.fleet.startTime(LEASE.plusSeconds(5));
            Instant claimed = world.clock.instant();
            HealerBench healer = acted();
            HealerBench other = world.healer();
            while (stored() == Phase.ACTING) {
                healer.step();
                other.remediator().tick();
            }

            assertThat(stored()).isEqualTo(Phase.VERIFYING);
            assertThat(world.clock.instant()).isBetween(claimed.plus(LEASE.dividedBy(2)), claimed.plus(LEASE));
            healer.run(MINUTE);
            assertThat(world.reasons(order)).contains(Reason.VERIFIED).doesNotContain(Reason.LEASE_EXPIRED);
            assertThat(world.store.writes()).isEqualTo(3);
        }

        @Test
        void whenThatSaveFails_thenItIsTriedAgainBeforeTheLeaseEnds() {
            FailingStore store = new FailingStore(world.store);
            world.fleet.startTime(LEASE.plusSeconds(5));
            HealerBench healer = acted(world.healer(world.parts().withStore(store)));
            healer.run(Duration.ofSeconds(11));
            store.down(true);
            assertThatThrownBy(healer::step).isInstanceOf(StoreUnavailableException.class);
            store.down(false);
            healer.step();

            assertThat(stored()).isEqualTo(Phase.VERIFYING);
            assertThat(world.reasons(order)).contains(Reason.ACTION_ACCEPTED);
        }

        @Test
        void whenTheHealerDies_thenTheNextLooksWhenTheLeaseEnds_andNeverActsTwice() {
            acted();
            HealerBench next = world.healer();
            next.run(LEASE.minusSeconds(1));
            assertThat(stored()).isEqualTo(Phase.ACTING);

            next.run(MINUTE);

            assertThat(world.actions()).containsExactly(restart);
            assertThat(world.reasons(order)).contains(Reason.LEASE_EXPIRED, Reason.VERIFIED);
            assertThat(stored()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenTheProcessIsStoppedInOrder_thenTheNextVerifiesAtOnce() {
            acted().remediator().saveUnsaved();
            assertThat(stored()).isEqualTo(Phase.VERIFYING);

            world.healer().run(Duration.ofSeconds(6));

            assertThat(stored()).isEqualTo(Phase.RESOLVED);
            assertThat(world.reasons(order)).contains(Reason.ACTION_ACCEPTED).doesNotContain(Reason.LEASE_EXPIRED);
        }

        @Test
        void whenItStoodStillAndAnotherTookOver_thenWhatItRemembersIsForgotten() {
            HealerBench healer = acted();
            world.clock.advance(LEASE.plusSeconds(1));
            HealerBench other = world.healer();
            other.step();
            assertThat(stored()).isEqualTo(Phase.VERIFYING);
            int writes = world.store.writes();

            healer.step();
            healer.remediator().saveUnsaved();

            assertThat(world.store.writes()).isEqualTo(writes);
            assertThat(world.reasons(order)).contains(Reason.LEASE_EXPIRED).doesNotContain(Reason.ACTION_ACCEPTED);
        }

        @Test
        void whenAnotherHealerGetsASignal_thenItWaits_andThisOneGoesOn() {
            HealerBench healer = acted();
            world.healer().fires(world.alert("ServiceErrorRatio", order));
            assertThat(stored()).isEqualTo(Phase.ACTING);

            healer.resolves(world.alert("ServiceErrorRatio", order));
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(restart);
            assertThat(world.reasons(order))
                    .contains(Reason.ACTION_ACCEPTED, Reason.VERIFIED)
                    .doesNotContain(Reason.LEASE_EXPIRED);
        }

        @Test
        void whenAnotherTaskFallsIll_thenHowItEndedIsSavedBeforeTheNextClaim() {
            HealerBench healer = acted();
            healer.run(Duration.ofSeconds(2));
            world.fleet.makeSick(last);
            healer.fires(world.alert("ErrorBurst", order, last));
            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(restart, new Action.RestartTask(order, last));
            List<Event> events = history().stream().map(HistoryEntry::event).toList();
            assertThat(events).containsSubsequence(Event.ACT, Event.ACTED, Event.ACT, Event.ACTED, Event.RESOLVE);
        }
    }

    @Nested
    class GivenASignalWhileTheActionIsOnItsWay {
        @Test
        void thenVerificationIsNotPutOffToTheEndOfTheLease() {
            Deque<Runnable> later = new ArrayDeque<>();
            HealerBench healer = world.healer(world.parts().withExecutor(later::add));
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.fires(world.alert("TaskStuck", order, first));
            Instant claimed = world.clock.instant();
            for (int i = 0; i < 20 && !world.latest(order).state().over(); i++) {
                while (!later.isEmpty()) {
                    later.remove().run();
                }
                healer.step();
            }

            assertThat(stored()).isEqualTo(Phase.RESOLVED);
            assertThat(world.clock.instant()).isBefore(claimed.plus(LEASE));
        }
    }

    @Nested
    class GivenWhatMayNotWait {
        @Test
        void whenTheActionIsToBeUndone_thenItIsSavedAtOnce() {
            world.healer().fires(world.alert("ServiceSaturated", order));

            assertThat(world.actions()).hasSize(1);
            assertThat(stored()).isEqualTo(Phase.VERIFYING);
        }

        @Test
        void whenTheProcessDoesNotLiveOn_thenItIsSavedAtOnce() {
            Settings lambda = new Settings(HealerBench.rules(), Duration.ofMillis(250), Duration.ofMillis(1500), false);
            acted(world.healer(world.parts().withSettings(lambda)));

            assertThat(stored()).isEqualTo(Phase.VERIFYING);
        }

        @Test
        void whenTheFleetRefuses_thenItIsSavedAtOnce() {
            world.fleet.answerNextWith(new Outcome.Refused("not allowed"));
            world.healer().fires(world.alert("ErrorBurst", order, first));

            assertThat(world.reasons(order)).contains(Reason.ACTION_REFUSED);
        }
    }
}
