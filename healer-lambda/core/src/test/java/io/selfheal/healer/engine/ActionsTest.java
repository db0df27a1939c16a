package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.IncidentState.Acting;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Measure;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.incident.Transitions;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.testkit.FailingStore;
import io.selfheal.healer.testkit.HealerBench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Actions of more than one step, from the alert to the end. */
class ActionsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HealerBench.World world = new HealerBench.World();
    private final ServiceId order = world.fleet.service("order", 2);
    private final ServiceId product = world.fleet.service("product", 2);
    private final TaskId first = world.fleet.tasksOf(order).getFirst();
    private final TaskId second = world.fleet.tasksOf(order).getLast();

    private HealerBench healer(String ladder, String more) {
        String policies = HealerBench.POLICIES.replace(
                "ladder: [restart-task, redeploy, escalate]", "ladder: " + ladder + "\n    " + more);
        return world.healer(world.parts().withPolicies(policies + "calls: {order: [product]}\n"));
    }

    private Phase phase() {
        return world.latest(order).state().phase();
    }

    @Nested
    class GivenASurge {
        private final HealerBench healer = healer("[surge-restart, escalate]", "surge: {within: PT1M}");
        private final Action.SurgeRestart surge = new Action.SurgeRestart(order, first, 2, 3, MINUTE);
        private final Action.Retire retire = new Action.Retire(order, first, 3, 2, false);

        @Test
        void thenTheTaskGoesOnlyWhenAnotherHasCome() {
            world.fleet.startTime(Duration.ofSeconds(5));
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.run(Duration.ofSeconds(3));
            assertThat(world.actions()).containsExactly(surge);
            assertThat(world.fleet.tasksOf(order)).contains(first, second);

            healer.run(MINUTE);

            assertThat(world.actions()).containsExactly(surge, retire);
            assertThat(world.fleet.tasksOf(order)).hasSize(2).contains(second).doesNotContain(first);
            assertThat(world.fleet.desired(order)).isEqualTo(2);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
            assertThat(world.latest(order).measures()).isEmpty();
            assertThat(world.reasons(order)).contains(Reason.REPLACEMENT_READY, Reason.VERIFIED);
        }

        @Test
        void whenTheHealerDiesInBetween_thenAnotherCompletesIt() {
            healer.fires(world.alert("ErrorBurst", order, first));
            assertThat(world.actions()).containsExactly(surge);

            healer("[surge-restart, escalate]", "surge: {within: PT1M}").run(MINUTE);

            assertThat(world.actions()).containsExactly(surge, retire);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenTheReplacementNeverComesUp_thenTheCountReturnsAndAHumanIsCalled() {
            world.fleet.replacementsAreSick(true);
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.run(Duration.ofMinutes(5));

            assertThat(world.actions()).containsExactly(surge, retire);
            assertThat(world.fleet.desired(order)).isEqualTo(2);
            assertThat(phase()).isEqualTo(Phase.ESCALATED);
        }

        @Test
        void whenSomebodyScalesMeanwhile_thenTheirCountStands() {
            world.fleet.startTime(Duration.ofSeconds(5));
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.run(Duration.ofSeconds(2));
            world.fleet.desired(order, 5);
            healer.run(Duration.ofMinutes(5));

            assertThat(world.fleet.desired(order)).isEqualTo(5);
            assertThat(world.latest(order).measures()).isEmpty();
        }

        @Test
        void whenItTakesEffectAfterTheClaimWasLost_thenItIsUndoneAllTheSame() {
            stalled(() -> {}).fires(world.alert("ErrorBurst", order, first));
            assertThat(world.fleet.desired(order)).isEqualTo(3);

            healer.run(MINUTE);

            assertThat(world.fleet.desired(order)).isEqualTo(2);
            assertThat(world.actions()).containsExactly(retire, surge, retire);
            assertThat(world.reasons(order)).contains(Reason.LEASE_EXPIRED, Reason.ACTION_REFUSED);
        }

        @Test
        void whenTheStoryIsOverByThen_thenItIsUndoneInOneOfItsOwn() {
            Alert alert = world.alert("ErrorBurst", order, first);
            stalled(() -> {
                        healer.resolves(alert);
                        healer.run(MINUTE);
                        assertThat(phase()).isEqualTo(Phase.RESOLVED);
                    })
                    .fires(alert);
            assertThat(phase()).isEqualTo(Phase.SETTLING);
            assertThat(world.latest(order).alerts())
                    .as("which name its policy")
                    .extracting(tracked -> tracked.alert().name())
                    .containsExactly("ErrorBurst");

            healer.run(MINUTE);

            assertThat(world.fleet.desired(order)).isEqualTo(2);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
            assertThat(world.incidents()).hasSize(2);
        }

        @Test
        void whenTheStoreIsAwayThen_thenItIsKeptAndUndoneOnceTheStoreIsBack() {
            FailingStore store = new FailingStore(world.store);
            HealerBench unlucky = stalled(healer.parts().withStore(store), () -> store.down(true));
            unlucky.fires(world.alert("ErrorBurst", order, first));
            assertThatThrownBy(() -> unlucky.run(MINUTE)).isInstanceOf(StoreUnavailableException.class);
            healer.run(MINUTE);
            assertThat(world.fleet.desired(order)).as("nobody else knows of it").isEqualTo(3);

            store.down(false);
            unlucky.remediator().tick();
            healer.run(MINUTE);

            assertThat(world.fleet.desired(order)).isEqualTo(2);
            assertThat(world.actions()).containsExactly(retire, surge, retire);
        }

        @Test
        void whenItsProcessIsToldToEndWhileItIsKept_thenItIsNotedFirst() {
            FailingStore store = new FailingStore(world.store);
            HealerBench unlucky = stalled(healer.parts().withStore(store), () -> store.down(true));
            unlucky.fires(world.alert("ErrorBurst", order, first));
            unlucky.remediator().saveUnsaved();
            assertThat(unlucky.troubles()).anyMatch(trouble -> trouble.startsWith("noting what took effect too late"));

            store.down(false);
            unlucky.remediator().saveUnsaved();
            healer.run(MINUTE);

            assertThat(world.fleet.desired(order)).isEqualTo(2);
        }

        @Test
        void whenNobodyTellsAndItTakesEffectAfterItsTime_thenItIsUndoneAllTheSame() {
            List<Action> underWay = new ArrayList<>();
            HealerBench slow = world.healer(healer.parts().withFleet(first(action -> {
                world.clock.advance(MINUTE.minusSeconds(2));
                underWay.add(action);
                return new Outcome.Failed("the answer did not come");
            })));
            slow.fires(world.alert("ErrorBurst", order, first));
            slow.run(Duration.ofSeconds(5));
            assertThat(underWay).containsExactly(surge);

            world.fleet.apply(surge, "late");
            slow.run(MINUTE);

            assertThat(world.fleet.desired(order)).isEqualTo(2);
            assertThat(world.latest(order).measures()).isEmpty();
        }

        @Test
        void whenItsProcessEndsWhileTheUndoingIsUnderWay_thenItIsTold() {
            HealerBench unlucky = stalled(() -> {
                Acting undoing = new Acting(retire, 1, world.clock.instant().plus(MINUTE));
                world.store.save(new Change(
                        world.latest(order)
                                .edit()
                                .move(Transitions.Event.CLAIMED, undoing)
                                .measures(List.of(new Measure(retire, world.clock.instant())))
                                .done(),
                        List.of(),
                        Optional.empty()));
            });
            Alert alert = world.alert("ErrorBurst", order, first);
            unlucky.fires(alert);
            assertThat(unlucky.troubles()).isEmpty();

            unlucky.remediator().saveUnsaved();

            assertThat(unlucky.troubles())
                    .singleElement()
                    .asString()
                    .contains("this process ends: look whether it is undone");
        }

        private HealerBench stalled(Runnable andThen) {
            return stalled(healer.parts(), andThen);
        }

        /** A healer whose process stands still in the middle of its first call, for as long as another takes to give it up. */
        private HealerBench stalled(HealerBench.Parts parts, Runnable andThen) {
            return world.healer(parts.withFleet(first(action -> {
                healer.run(MINUTE.multipliedBy(3));
                andThen.run();
                return world.fleet.apply(action, "1");
            })));
        }

        /** The world's fleet, but for what becomes of the first action. */
        private Fleet first(Function<Action, Outcome> answer) {
            return new Fleet() {
                private boolean asked;

                @Override
                public Fact<List<ServiceId>> services() {
                    return world.fleet.services();
                }

                @Override
                public Fact<ServiceState> describe(ServiceId service) {
                    return world.fleet.describe(service);
                }

                @Override
                public Outcome apply(Action action, String key) {
                    if (!asked) {
                        asked = true;
                        return answer.apply(action);
                    }
                    return world.fleet.apply(action, key);
                }
            };
        }

        @Test
        void whenTheFleetRefusesIt_thenNothingIsLeftToUndo() {
            world.fleet.answerNextWith(new Outcome.Refused("no capacity"));
            healer.fires(world.alert("ErrorBurst", order, first));
            healer.run(Duration.ofMinutes(5));

            assertThat(world.actions()).containsExactly(surge);
            assertThat(world.latest(order).measures()).isEmpty();
            assertThat(phase()).isEqualTo(Phase.ESCALATED);
        }
    }

    @Nested
    class GivenATaskToBeSetAside {
        private final HealerBench healer = healer("[shift-traffic, escalate]", "shift: {keepFor: PT10M}");
        private final Action.Retire retire = new Action.Retire(order, first, 3, 2, true);

        @Test
        void thenTheServiceHealsWithoutItAndItGoesAtItsTime() {
            world.fleet.makeUnready(first);
            Alert alert = world.alert("TaskUnready", order, first);
            healer.fires(alert);
            healer.run(MINUTE);

            assertThat(world.fleet.aside(order)).containsExactly(first);
            assertThat(world.fleet.tasksOf(order)).hasSize(3).contains(first);
            assertThat(phase()).isEqualTo(Phase.SETTLING);

            healer.run(Duration.ofMinutes(10));

            assertThat(world.actions())
                    .containsExactly(new Action.ShiftTraffic(order, first, 2, 3, Duration.ofMinutes(10)), retire);
            assertThat(world.fleet.tasksOf(order)).hasSize(2).doesNotContain(first);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenTheHealerDied_thenAnotherGivesTheTaskUp() {
            world.fleet.makeUnready(first);
            healer.fires(world.alert("TaskUnready", order, first));
            healer.run(MINUTE);
            world.clock.advance(Duration.ofHours(1));

            healer("[shift-traffic, escalate]", "shift: {keepFor: PT10M}").run(MINUTE);

            assertThat(world.actions()).endsWith(retire);
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }
    }

    @Nested
    class GivenABadRelease {
        private final HealerBench healer = healer("[roll-back, restart-task, escalate]", "release: {suspectFor: PT5M}");

        @Test
        void thenItIsRolledBackAndNoTaskIsRestarted() {
            world.fleet.released(order, "r:2");
            world.evidence(releases(
                    new Release("r:2", world.clock.instant().minusSeconds(5), Release.Status.COMPLETED),
                    new Release("r:1", world.clock.instant().minusSeconds(5000), Release.Status.COMPLETED)));
            List<TaskId> tasks = world.fleet.tasksOf(order);
            healer.fires(
                    world.alert("ErrorBurst", order, tasks.getFirst()),
                    world.alert("ErrorBurst", order, tasks.getLast()));
            healer.run(Duration.ofMinutes(2));

            assertThat(world.actions()).containsExactly(new Action.RollBack(order, "r:2", "r:1"));
            assertThat(world.latest(order).state().phase()).isEqualTo(Phase.RESOLVED);
        }

        private static Evidence releases(Release... releases) {
            Evidence none = Evidence.unknown("not measured");
            return new Evidence(
                    none.vitals(),
                    none.calls(),
                    none.retryShare(),
                    new Fact.Known<>(List.of(releases), releases[0].startedAt()),
                    none.stops(),
                    none.logs(),
                    none.traces());
        }
    }

    @Nested
    class GivenASickCallee {
        private final HealerBench healer = healer("[degrade, restart-task, escalate]", "degrade: {lasting: PT5M}");

        @Test
        void thenTheCallerIsDegradedForATimeAndNeverRestarted() {
            TaskId callee = world.fleet.tasksOf(product).getFirst();
            TaskId other = world.fleet.tasksOf(product).getLast();
            Alert one = world.alert("ErrorBurst", product, callee);
            Alert two = world.alert("ErrorBurst", product, other);
            Alert caller = world.alert("ErrorBurst", order, first);
            Alert again = world.alert("ErrorBurst", order, second);
            healer.fires(one, two, caller, again);
            healer.run(Duration.ofSeconds(5));
            assertThat(world.fleet.modes(order)).containsExactly(Mode.DEGRADED);
            healer.resolves(caller, again);
            healer.run(Duration.ofSeconds(20));
            assertThat(world.latest(order).state().phase()).isEqualTo(Phase.SETTLING);
            healer.resolves(one, two);

            healer.run(Duration.ofMinutes(6));

            assertThat(world.actions())
                    .containsExactly(
                            new Action.Degrade(order, product, Duration.ofMinutes(5)),
                            new Action.Restore(order, Mode.DEGRADED));
            assertThat(world.fleet.modes(order)).isEmpty();
            assertThat(world.latest(order).state().phase()).isEqualTo(Phase.RESOLVED);
        }
    }

    @Nested
    class GivenARetryStorm {
        private final HealerBench healer =
                healer("[shed, restart-task, escalate]", "shed: {admitPercent: 40, lasting: PT30S, retryPercent: 50}");

        @Test
        void thenLoadIsShedFirstAndLetInAgain() {
            Evidence none = Evidence.unknown("not measured");
            world.evidence(new Evidence(
                    new Fact.Known<>(
                            Map.of(first, new Vitals(40, 0, 1), second, new Vitals(40, 0.5, 0.5)),
                            world.clock.instant()),
                    none.calls(),
                    new Fact.Known<>(0.6, world.clock.instant()),
                    none.releases(),
                    none.stops(),
                    none.logs(),
                    none.traces()));
            Alert one = world.alert("ErrorBurst", order, first);
            Alert two = world.alert("ErrorBurst", order, second);
            healer.fires(one, two);
            healer.run(Duration.ofSeconds(5));
            assertThat(world.fleet.modes(order)).containsExactly(Mode.SHEDDING);
            healer.resolves(one, two);

            healer.run(MINUTE);

            assertThat(world.actions())
                    .containsExactly(
                            new Action.Shed(order, 40, Duration.ofSeconds(30)),
                            new Action.Restore(order, Mode.SHEDDING));
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }

        @Test
        void whenThatDoesNotHelp_thenTheTaskIsRestarted() {
            world.fleet.makeSick(first);
            healer.fires(world.alert("ErrorBurst", order, first));
            world.evidence(Evidence.unknown("the metrics are away"));
            healer.run(Duration.ofMinutes(2));

            assertThat(world.actions()).contains(new Action.RestartTask(order, first));
            assertThat(phase()).isEqualTo(Phase.RESOLVED);
        }
    }
}
