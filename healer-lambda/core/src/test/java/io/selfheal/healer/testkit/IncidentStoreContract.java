package io.selfheal.healer.testkit;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.claiming;
import static io.selfheal.healer.testkit.Fixtures.entry;
import static io.selfheal.healer.testkit.Fixtures.incident;
import static io.selfheal.healer.testkit.Fixtures.resolved;
import static io.selfheal.healer.testkit.Fixtures.saving;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.selfheal.healer.audit.Anchor;
import io.selfheal.healer.audit.AuditReport;
import io.selfheal.healer.audit.HistoryAudit;
import io.selfheal.healer.audit.StoredHistory;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.signal.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every store of incidents keeps to. Extend it, and hand out an empty store for each test. */
public abstract class IncidentStoreContract {
    private static final ServiceId ORDER = service("order");
    private static final ServiceId USER = service("user");

    /** The same empty store throughout one test. */
    protected abstract IncidentStore store();

    /** Reads what {@link #store()} wrote. */
    protected abstract IncidentArchive archive();

    /** Reads what {@link #store()} wrote, as it lies there. */
    protected abstract StoredHistory stored();

    private Incident save(Change change) {
        SaveResult result = store().save(change);
        assertThat(result).isInstanceOf(SaveResult.Saved.class);
        return ((SaveResult.Saved) result).incident();
    }

    private void assertConflict(Change change) {
        assertThat(store().save(change)).isInstanceOf(SaveResult.Conflict.class);
    }

    private static List<SaveResult> allAtOnce(List<Callable<SaveResult>> saves) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(saves.size());
        List<SaveResult> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(saves.size())) {
            List<Future<SaveResult>> running = new ArrayList<>();
            for (Callable<SaveResult> save : saves) {
                running.add(executor.submit(() -> {
                    barrier.await();
                    return save.call();
                }));
            }
            for (Future<SaveResult> one : running) {
                results.add(one.get());
            }
        }
        return results;
    }

    private static long stored(List<SaveResult> results) {
        return results.stream().filter(SaveResult.Saved.class::isInstance).count();
    }

    @Nested
    class GivenNothing {
        @Test
        void thenNothingIsOpenDueOrSpent() {
            assertThat(store().findOpen(ORDER)).isEmpty();
            assertThat(store().due(T0.plusSeconds(3600), 10)).isEmpty();
            assertThat(store().ledger(T0).actions()).isEmpty();
            assertThat(archive().find(new IncidentId("none"))).isEmpty();
            assertThat(archive().history(new IncidentId("none"))).isEmpty();
        }

        @Test
        void whenAnIncidentIsSaved_thenItIsReadBackEqualWithItsVersion() {
            Incident saved = save(saving(incident("a", ORDER, T0)));

            assertThat(saved.version()).isEqualTo(1);
            assertThat(saved)
                    .usingRecursiveComparison()
                    .ignoringFields("version", "history")
                    .isEqualTo(incident("a", ORDER, T0));
            assertThat(store().findOpen(ORDER)).contains(saved);
            assertThat(archive().find(saved.id())).contains(saved);
        }

        @Test
        void whenSeveralAreSavedTogether_thenEachIsThereAtOnceAndAfterwards() {
            Incident last = store().together(() -> {
                save(saving(incident("a", ORDER, T0)));
                assertThat(store().findOpen(ORDER)).isPresent();
                return save(saving(incident("b", USER, T0)));
            });

            assertThat(store().findOpen(USER)).contains(last);
            assertThat(archive().find(new IncidentId("a"))).isPresent();
            assertThat(archive().find(new IncidentId("b"))).isPresent();
        }

        @Test
        void whenAVersionIsSavedThatWasNeverStored_thenConflict() {
            assertConflict(saving(incident("a", ORDER, T0).withVersion(3)));
        }
    }

    @Nested
    class GivenAnOpenIncident {
        @Test
        void whenSavedOnItsVersion_thenTheVersionCountsUp() {
            Incident first = save(saving(incident("a", ORDER, T0)));

            Incident second = save(saving(first.edit().strikes(2).done()));

            assertThat(second.version()).isEqualTo(2);
            assertThat(store().findOpen(ORDER)).contains(second);
        }

        @Test
        void whenSavedOnAnOldVersion_thenConflictAndNothingIsWritten() {
            Incident first = save(saving(incident("a", ORDER, T0)));
            Incident second = save(saving(first.edit().strikes(1).done()));

            assertConflict(saving(first.edit().strikes(9).done(), entry(first, Event.WAIT, Reason.STABILISING, T0)));

            assertThat(store().findOpen(ORDER)).contains(second);
            assertThat(archive().history(first.id())).isEmpty();
        }

        @Test
        void whenAnotherIsOpenedForTheService_thenConflict() {
            save(saving(incident("a", ORDER, T0)));

            assertConflict(saving(incident("b", ORDER, T0)));
        }

        @Test
        void whenOneIsOpenedForAnotherService_thenBothAreOpen() {
            save(saving(incident("a", ORDER, T0)));
            save(saving(incident("b", USER, T0)));

            assertThat(store().findOpen(ORDER).map(Incident::id)).contains(new IncidentId("a"));
            assertThat(store().findOpen(USER).map(Incident::id)).contains(new IncidentId("b"));
        }

        @Test
        void whenOthersAreOpenedToo_thenTheOpeningsTellFromWhenToWhen() {
            Incident first = save(saving(incident("a", ORDER, T0)));
            save(saving(resolved(first, T0.plusSeconds(5))));
            save(saving(incident("b", USER, T0.plusSeconds(10))));
            Opening order = new Opening(ORDER, T0, Optional.of(T0.plusSeconds(5)));
            Opening user = new Opening(USER, T0.plusSeconds(10), Optional.empty());

            assertThat(store().openings(T0, 9)).containsExactly(user, order);
            assertThat(store().openings(T0, 1)).containsExactly(user);
            assertThat(store().openings(T0.plusSeconds(1), 9)).containsExactly(user);
            assertThat(store().openings(T0.plusSeconds(11), 9))
                    .as("however old, while it is not over")
                    .containsExactly(user);
        }

        @Test
        void whenAnOldOneIsNotOver_thenTheLimitHoldsForTheNewAndTheOldTogether() {
            save(saving(incident("a", ORDER, T0)));
            save(saving(incident("b", USER, T0.plusSeconds(10))));
            Opening order = new Opening(ORDER, T0, Optional.empty());
            Opening user = new Opening(USER, T0.plusSeconds(10), Optional.empty());

            assertThat(store().openings(T0.plusSeconds(5), 9)).containsExactly(user, order);
            assertThat(store().openings(T0.plusSeconds(5), 1)).containsExactly(user);
        }

        @Test
        void whenOneServiceFallsIllAgainAndAgain_thenItsNewestIncidentsAreTold_howeverOld() {
            Incident first = save(saving(incident("a", ORDER, T0)));
            save(saving(resolved(first, T0.plusSeconds(5))));
            Incident second = save(saving(incident("b", ORDER, T0.plusSeconds(9))));
            save(saving(resolved(second, T0.plusSeconds(12))));
            save(saving(incident("c", ORDER, T0.plusSeconds(3600))));
            save(saving(incident("d", USER, T0.plusSeconds(1))));

            assertThat(store().openingsOf(ORDER, 9))
                    .containsExactly(
                            new Opening(ORDER, T0.plusSeconds(3600), Optional.empty()),
                            new Opening(ORDER, T0.plusSeconds(9), Optional.of(T0.plusSeconds(12))),
                            new Opening(ORDER, T0, Optional.of(T0.plusSeconds(5))));
            assertThat(store().openingsOf(ORDER, 1)).hasSize(1);
            assertThat(store().openingsOf(service("product"), 9)).isEmpty();
        }

        @Test
        void whenItIsOver_thenTheServiceIsFreeForTheNext() {
            Incident open = save(saving(incident("a", ORDER, T0)));
            save(saving(resolved(open, T0.plusSeconds(5))));

            assertThat(store().findOpen(ORDER)).isEmpty();
            assertThat(store().due(T0.plusSeconds(3600), 10)).isEmpty();
            Incident next = save(saving(incident("b", ORDER, T0.plusSeconds(9))));
            assertThat(store().findOpen(ORDER)).contains(next);
            assertThat(archive().find(open.id()).map(one -> one.state().over())).contains(true);
        }
    }

    @Nested
    class GivenDueTimes {
        private void open(String name, Instant dueAt) {
            save(saving(incident(name, service(name), T0).edit().dueAt(dueAt).done()));
        }

        private List<String> due(Instant now, int limit) {
            return store().due(now, limit).stream()
                    .map(incident -> incident.id().value())
                    .toList();
        }

        @Test
        void thenOnlyThoseWhoseTimeHasComeAreDue_theLongestWaitingFirst() {
            open("c", T0.plusSeconds(30));
            open("a", T0.plusSeconds(10));
            open("b", T0.plusSeconds(20));

            assertThat(due(T0.plusSeconds(9), 10)).isEmpty();
            assertThat(due(T0.plusSeconds(10), 10)).containsExactly("a");
            assertThat(due(T0.plusSeconds(60), 10)).containsExactly("a", "b", "c");
            assertThat(due(T0.plusSeconds(60), 2)).containsExactly("a", "b");
        }

        @Test
        void thenMillisecondsCount() {
            open("a", T0.plusMillis(1));

            assertThat(due(T0, 10)).isEmpty();
            assertThat(due(T0.plusMillis(1), 10)).containsExactly("a");
        }

        @Test
        void whenAskedForYearsAhead_thenAllOpenOnesAreDue() {
            open("a", T0);

            assertThat(due(T0.plusSeconds(10L * 365 * 24 * 3600), 10_000)).containsExactly("a");
        }
    }

    @Nested
    class GivenClaims {
        @Test
        void whenClaimed_thenTheLedgerHoldsTheActionAndCountsUp() {
            Incident open = save(saving(incident("a", ORDER, T0)));
            long version = store().ledger(T0).version();

            Incident claimed = save(claiming(open, task(1), T0.plusSeconds(1), version));

            assertThat(store().ledger(T0).version()).isGreaterThan(version);
            assertThat(store().ledger(T0).actions()).hasSize(1).first().satisfies(done -> {
                assertThat(done.incident()).isEqualTo(open.id());
                assertThat(done.attempt()).isEqualTo(1);
                assertThat(done.service()).isEqualTo(ORDER);
                assertThat(done.task()).contains(task(1));
                assertThat(done.at()).isEqualTo(T0.plusSeconds(1));
            });
            assertThat(store().findOpen(ORDER)).contains(claimed);
            assertThat(archive().history(open.id()))
                    .extracting(HistoryEntry::event)
                    .containsExactly(Event.ACT);
        }

        @Test
        void whenTheFirstSaveOfAnIncidentClaims_thenBothAreStored() {
            save(claiming(
                    incident("a", ORDER, T0), task(1), T0, store().ledger(T0).version()));

            assertThat(store().ledger(T0).actions()).hasSize(1);
        }

        @Test
        void whenClaimedOnAnOldLedger_thenConflictAndNothingIsWritten() {
            Incident a = save(saving(incident("a", ORDER, T0)));
            Incident b = save(saving(incident("b", USER, T0)));
            long version = store().ledger(T0).version();
            save(claiming(a, task(1), T0, version));

            assertConflict(claiming(b, task(2), T0, version));

            assertThat(store().ledger(T0).actions()).hasSize(1);
            assertThat(store().findOpen(USER)).contains(b);
            assertThat(archive().history(b.id())).isEmpty();
        }

        @Test
        void whenTheIncidentConflicts_thenTheLedgerIsUntouched() {
            Incident old = save(saving(incident("a", ORDER, T0)));
            save(saving(old.edit().strikes(1).done()));
            long version = store().ledger(T0).version();

            assertConflict(claiming(old, task(1), T0, version));

            assertThat(store().ledger(T0).version()).isEqualTo(version);
            assertThat(store().ledger(T0).actions()).isEmpty();
        }

        @Test
        void thenTheLedgerReachesBackAsFarAsAsked() {
            Incident a = save(saving(incident("a", ORDER, T0)));
            Incident b = save(saving(incident("b", USER, T0)));
            save(claiming(a, task(1), T0, store().ledger(T0).version()));
            save(claiming(b, task(2), T0.plusSeconds(60), store().ledger(T0).version()));

            assertThat(store().ledger(T0).actions()).hasSize(2);
            assertThat(store().ledger(T0.plusSeconds(60)).actions()).hasSize(1);
            assertThat(store().ledger(T0.plusSeconds(61)).actions()).isEmpty();
            assertThat(store().ledger(T0.plusSeconds(61)).version())
                    .isEqualTo(store().ledger(T0).version());
        }
    }

    @Nested
    class GivenManyAtOnce {
        private static final int HEALERS = 8;

        @Test
        void whenAllClaimOneIncident_thenOneHasIt() throws Exception {
            Incident open = save(saving(incident("a", ORDER, T0)));
            long version = store().ledger(T0).version();
            Callable<SaveResult> claim = () -> store().save(claiming(open, task(1), T0, version));

            List<SaveResult> results = allAtOnce(java.util.Collections.nCopies(HEALERS, claim));

            assertThat(stored(results)).isEqualTo(1);
            assertThat(store().ledger(T0).actions()).hasSize(1);
        }

        @Test
        void whenAllOpenAnIncidentOfOneService_thenOneIsOpen() throws Exception {
            List<Callable<SaveResult>> opens = new ArrayList<>();
            for (int i = 0; i < HEALERS; i++) {
                String id = "open-" + i;
                opens.add(() -> store().save(saving(incident(id, ORDER, T0))));
            }

            List<SaveResult> results = allAtOnce(opens);

            assertThat(stored(results)).isEqualTo(1);
            assertThat(archive().list(new IncidentArchive.Query(Optional.of(ORDER), Optional.empty(), 100)))
                    .hasSize(1);
        }

        @Test
        void whenAllClaimDifferentIncidentsOnOneLedgerVersion_thenOneHasIt() throws Exception {
            List<Incident> incidents = new ArrayList<>();
            for (int i = 0; i < HEALERS; i++) {
                incidents.add(save(saving(incident("many-" + i, service("s" + i), T0))));
            }
            long version = store().ledger(T0).version();

            List<SaveResult> results = allAtOnce(incidents.stream()
                    .map(one -> (Callable<SaveResult>) () -> store().save(claiming(one, task(1), T0, version)))
                    .toList());

            assertThat(stored(results)).isEqualTo(1);
            assertThat(store().ledger(T0).actions()).hasSize(1);
        }
    }

    @Nested
    class GivenChains {
        private HistoryEntry said(Incident incident, int seconds) {
            return entry(incident, Event.SIGNAL, Reason.ALERT_FIRING, T0.plusSeconds(seconds));
        }

        private AuditReport audit() {
            return HistoryAudit.of(stored());
        }

        @Test
        void whenNothingIsStored_thenThatIsSound() {
            assertThat(audit()).isEqualTo(new AuditReport(0, 0, 0, 0, List.of(), List.of()));
        }

        @Test
        void whenIncidentsOfTwoServicesAreSaved_thenTheirChainsHold_andEndInTheLatest() {
            Incident a = incident("a", ORDER, T0);
            Incident first = save(saving(a, said(a, 0), said(a, 1)));
            Incident grown = save(saving(first.edit().strikes(1).done(), said(a, 2)));
            save(saving(resolved(grown, T0.plusSeconds(5))));
            Incident b = incident("b", USER, T0.plusSeconds(1));
            save(saving(b, said(b, 1)));
            // An older clock opens it: the order of opening counts, not that of the clocks.
            Incident c = incident("c", ORDER, T0.minusSeconds(60));
            Incident last = save(saving(c));

            AuditReport report = audit();

            assertThat(report.findings()).isEmpty();
            assertThat(report.incidents()).isEqualTo(3);
            assertThat(report.entries()).isEqualTo(4);
            assertThat(report.unchained()).isZero();
            assertThat(report.heads())
                    .extracting(AuditReport.Head::anchor)
                    .extracting(Anchor::service, Anchor::ordinal, Anchor::incident)
                    .containsExactly(tuple("selfheal/order", 2L, "c"), tuple("selfheal/user", 1L, "b"));
            assertThat(grown.history().length()).isEqualTo(3);
            assertThat(last.history().begun()).isTrue();
            assertThat(archive().find(last.id())).contains(last);
        }

        @Test
        void whenASaveConflicts_thenTheChainIsAsBefore() {
            Incident first = save(saving(incident("a", ORDER, T0)));
            save(saving(first.edit().strikes(1).done(), said(first, 1)));
            String before = audit().digest();

            assertConflict(saving(first.edit().strikes(9).done(), said(first, 2)));
            assertConflict(saving(incident("b", ORDER, T0)));

            assertThat(audit().findings()).isEmpty();
            assertThat(audit().digest()).isEqualTo(before);
        }

        @Test
        void whenManyOpenTheNextAtOnce_thenOneFollows_andTheChainHolds() throws Exception {
            Incident first = save(saving(incident("a", ORDER, T0)));
            save(saving(resolved(first, T0.plusSeconds(1))));
            List<Callable<SaveResult>> opens = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Incident next = incident("next-" + i, ORDER, T0.plusSeconds(2));
                opens.add(() -> store().save(saving(next, said(next, 2))));
            }

            List<SaveResult> results = allAtOnce(opens);

            assertThat(stored(results)).isEqualTo(1);
            assertThat(audit().findings()).isEmpty();
            assertThat(audit().heads())
                    .singleElement()
                    .satisfies(head -> assertThat(head.anchor().ordinal()).isEqualTo(2));
        }
    }

    @Nested
    class GivenSignalsInTheHistory {
        private final Signal signal = Fixtures.firing(Fixtures.alert("TaskStuck", ORDER, Optional.of(task(1)), T0));

        private HistoryEntry said(Incident incident, int seconds) {
            return new HistoryEntry(
                    incident.id(),
                    incident.service(),
                    T0.plusSeconds(seconds),
                    Event.SIGNAL,
                    Reason.ALERT_FIRING,
                    "second " + seconds,
                    Optional.empty(),
                    "test@1",
                    List.of(signal));
        }

        private IncidentArchive.Window window(int since, int until, Optional<String> after, int limit) {
            return new IncidentArchive.Window(
                    Optional.of(ORDER), T0.plusSeconds(since), T0.plusSeconds(until), after, limit);
        }

        private List<String> details(IncidentArchive.Window window) {
            return archive().signals(window).entries().stream()
                    .map(HistoryEntry::detail)
                    .toList();
        }

        @Test
        void thenAWindowHoldsThoseOfTheService_byTime_andWithWhatArrived() {
            Incident a = incident("a", ORDER, T0);
            Incident b = incident("b", USER, T0);
            save(saving(a, said(a, 3), said(a, 1), entry(a, Event.WAIT, Reason.STABILISING, T0.plusSeconds(2))));
            save(saving(b, said(b, 2)));

            assertThat(details(window(0, 9, Optional.empty(), 10))).containsExactly("second 1", "second 3");
            assertThat(details(window(1, 3, Optional.empty(), 10))).containsExactly("second 1");
            assertThat(details(window(2, 2, Optional.empty(), 10))).isEmpty();
            assertThat(details(
                            new IncidentArchive.Window(Optional.empty(), T0, T0.plusSeconds(9), Optional.empty(), 10)))
                    .containsExactly("second 1", "second 2", "second 3");
            assertThat(archive().signals(window(1, 2, Optional.empty(), 10)).entries())
                    .containsExactly(said(a, 1));
        }

        @Test
        void thenPagesTogetherAreTheWindow() {
            Incident a = incident("a", ORDER, T0);
            save(saving(a, said(a, 1), said(a, 1), said(a, 2), said(a, 3), said(a, 4)));
            List<String> all = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                IncidentArchive.Page page = archive().signals(window(0, 9, after, 2));
                assertThat(page.entries()).hasSizeBetween(1, 2);
                page.entries().forEach(entry -> all.add(entry.detail()));
                after = page.next();
            } while (after.isPresent());

            assertThat(all).containsExactly("second 1", "second 1", "second 2", "second 3", "second 4");
        }

        @Test
        void thenPagesOverManyIncidentsAreTheWindow() {
            List<String> written = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Incident of = incident("many-" + i, ORDER, T0.plusSeconds(i * 10L));
                Incident open = save(saving(of, said(of, i * 10), said(of, i * 10 + 4)));
                save(saving(resolved(open, T0.plusSeconds(i * 10L + 5))));
                written.add("second " + i * 10);
                written.add("second " + (i * 10 + 4));
            }
            List<String> read = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                IncidentArchive.Page page = archive().signals(window(14, 104, after, 3));
                page.entries().forEach(entry -> read.add(entry.detail()));
                after = page.next();
            } while (after.isPresent());

            assertThat(read).isEqualTo(written.subList(3, 21));
        }

        @Test
        void whenAPageIsAskedForThatNeverEnded_thenRefused() {
            assertThatThrownBy(() -> archive().signals(window(0, 9, Optional.of("x'--"), 2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("after");
        }
    }

    @Nested
    class GivenAnArchive {
        @Test
        void thenHistoryComesInTheOrderWritten() {
            Incident a = incident("a", ORDER, T0);
            HistoryEntry one = entry(a, Event.SIGNAL, Reason.ALERT_FIRING, T0);
            HistoryEntry two = entry(a, Event.WAIT, Reason.REPLACEMENT_IN_PROGRESS, T0);
            HistoryEntry three = entry(a, Event.RESOLVE, Reason.RECOVERED, T0);
            Incident first = save(saving(a, one, two));
            save(saving(first.edit().strikes(1).done(), three));

            assertThat(archive().history(a.id())).containsExactly(one, two, three);
        }

        @Test
        void thenListsNewestFirstAndFilters() {
            Incident old = save(saving(incident("old", ORDER, T0)));
            save(saving(resolved(old, T0.plusSeconds(1))));
            save(saving(incident("new", ORDER, T0.plusSeconds(10))));
            save(saving(incident("other", USER, T0.plusSeconds(20))));

            assertThat(ids(Optional.empty(), Optional.empty(), 10)).containsExactly("other", "new", "old");
            assertThat(ids(Optional.empty(), Optional.empty(), 2)).containsExactly("other", "new");
            assertThat(ids(Optional.of(ORDER), Optional.empty(), 10)).containsExactly("new", "old");
            assertThat(ids(Optional.empty(), Optional.of(true), 10)).containsExactly("old");
            assertThat(ids(Optional.of(ORDER), Optional.of(false), 10)).containsExactly("new");
        }

        @Test
        void thenPagesTogetherAreTheList_alsoOfThoseOpenedAtOnce() {
            for (int i = 0; i < 7; i++) {
                ServiceId service = new ServiceId("selfheal", "paged-" + i);
                Incident open = save(saving(incident("paged-" + i, service, T0.plusSeconds(i / 3))));
                if (i % 2 == 0) {
                    save(saving(resolved(open, T0.plusSeconds(60))));
                }
            }
            for (Optional<Boolean> over : List.of(Optional.<Boolean>empty(), Optional.of(true), Optional.of(false))) {
                List<String> all = ids(Optional.empty(), over, 100);
                assertThat(all).hasSize(over.map(is -> is ? 4 : 3).orElse(7));
                assertThat(paged(new IncidentArchive.Query(Optional.empty(), over, 2)))
                        .isEqualTo(all);
            }
        }

        @Test
        void thenPagesOfAServiceTogetherAreItsList() {
            for (int i = 0; i < 5; i++) {
                Incident open = save(saving(incident("of-" + i, ORDER, T0.plusSeconds(i * 10L))));
                save(saving(resolved(open, T0.plusSeconds(i * 10L + 5))));
            }
            save(saving(incident("of-5", ORDER, T0.plusSeconds(50))));

            assertThat(paged(new IncidentArchive.Query(Optional.of(ORDER), Optional.empty(), 2)))
                    .containsExactly("of-5", "of-4", "of-3", "of-2", "of-1", "of-0");
            assertThat(paged(new IncidentArchive.Query(Optional.of(ORDER), Optional.of(true), 2)))
                    .containsExactly("of-4", "of-3", "of-2", "of-1", "of-0");
        }

        private List<String> paged(IncidentArchive.Query query) {
            List<String> all = new ArrayList<>();
            List<Incident> page = archive().list(query);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(query.limit());
                page.forEach(incident -> all.add(incident.id().value()));
                page = archive().list(query.behind(page.getLast()));
            }
            return all;
        }

        private List<String> ids(Optional<ServiceId> service, Optional<Boolean> over, int limit) {
            return archive().list(new IncidentArchive.Query(service, over, limit)).stream()
                    .map(incident -> incident.id().value())
                    .toList();
        }
    }
}
