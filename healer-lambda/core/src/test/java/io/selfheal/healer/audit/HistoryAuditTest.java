package io.selfheal.healer.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.audit.StoredIncident.StoredEntry;
import io.selfheal.healer.chain.ChainHead;
import io.selfheal.healer.chain.HistoryChain;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentCodec;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.testkit.Fixtures;
import io.selfheal.healer.testkit.InMemoryIncidentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HistoryAuditTest {

    /** Three incidents of order, a to c, of four entries each, told as a store tells them; then somebody works on that. */
    private static final class Told implements StoredHistory.Reader {
        private final TreeMap<String, Long> opened = new TreeMap<>();
        private List<StoredIncident> incidents = new ArrayList<>();
        private long unchainedUpTo;

        Told() {
            InMemoryIncidentStore store = new InMemoryIncidentStore();
            for (String id : List.of("a", "b", "c")) {
                Incident incident = Fixtures.incident(id, Fixtures.service("order"), Fixtures.T0);
                HistoryEntry[] entries = IntStream.range(0, 4)
                        .mapToObj(i -> Fixtures.entry(
                                incident, HistoryEntry.Event.WAIT, Reason.STABILISING, Fixtures.T0.plusSeconds(i)))
                        .toArray(HistoryEntry[]::new);
                store.save(Fixtures.saving(incident, entries));
                Incident open = store.find(incident.id()).orElseThrow();
                store.save(Fixtures.saving(Fixtures.resolved(open, Fixtures.T0.plusSeconds(9))));
            }
            store.tell(this);
        }

        @Override
        public void unchainedUpTo(long row) {
            unchainedUpTo = row;
        }

        @Override
        public void service(String service, long count) {
            opened.put(service, count);
        }

        @Override
        public void incident(StoredIncident incident) {
            incidents.add(incident);
        }

        AuditReport audit() {
            return HistoryAudit.of(this::tellAll);
        }

        void tellAll(StoredHistory.Reader reader) {
            reader.unchainedUpTo(unchainedUpTo);
            opened.forEach(reader::service);
            incidents.forEach(reader::incident);
        }

        List<String> faults() {
            return audit().findings().stream().map(Object::toString).toList();
        }

        Told incident(int index, UnaryOperator<StoredIncident> change) {
            incidents.set(index, change.apply(incidents.get(index)));
            return this;
        }

        Told entries(UnaryOperator<List<StoredEntry>> change) {
            return incident(
                    1, one -> with(one, one.document(), one.seal(), change.apply(new ArrayList<>(one.entries()))));
        }

        Told entry(int index, UnaryOperator<StoredEntry> change) {
            return entries(all -> {
                all.set(index, change.apply(all.get(index)));
                return all;
            });
        }

        Told without(int index) {
            incidents.remove(index);
            return this;
        }

        Told count(long count) {
            opened.put("selfheal/order", count);
            return this;
        }
    }

    private static StoredIncident with(StoredIncident one, String document, String seal, List<StoredEntry> entries) {
        return new StoredIncident(
                one.id(), one.service(), one.ordinal(), one.previousSeal(), seal, document, one.stray(), entries);
    }

    private static StoredEntry text(StoredEntry one, String text) {
        return new StoredEntry(one.row(), one.position(), one.hash(), text, one.stray());
    }

    private static StoredEntry hash(StoredEntry one, String hash) {
        return new StoredEntry(one.row(), one.position(), hash, one.text(), one.stray());
    }

    private static StoredEntry position(StoredEntry one, long position) {
        return new StoredEntry(one.row(), position, one.hash(), one.text(), one.stray());
    }

    private static StoredEntry row(StoredEntry one, long row) {
        return new StoredEntry(row, one.position(), one.hash(), one.text(), one.stray());
    }

    private record Case(String name, Told told, List<String> found) {}

    private static final String B = "selfheal/order incident b: ";

    @TestFactory
    Stream<DynamicTest> whateverIsChanged_thenExactlyThatIsFound() {
        return Stream.of(
                        new Case("nothing", new Told(), List.of()),
                        new Case(
                                "a byte of an entry",
                                new Told().entry(1, one -> text(one, one.text().replace("detail", "Detail"))),
                                List.of(B + "entry 2 (row 6) or its hash was changed")),
                        new Case(
                                "a byte of the last entry",
                                new Told().entry(3, one -> text(one, one.text() + " ")),
                                List.of(B + "entry 4 (row 8) or its hash was changed")),
                        new Case(
                                "a hash",
                                new Told()
                                        .entry(
                                                1,
                                                one -> hash(
                                                        one, "0" + one.hash().substring(1))),
                                List.of(B + "entry 2 (row 6) or its hash was changed")),
                        new Case(
                                "a column beside the text",
                                new Told()
                                        .entry(
                                                1,
                                                one -> new StoredEntry(
                                                        one.row(), 2, one.hash(), one.text(), List.of("reason"))),
                                List.of(B + "entry 2 (row 6): column reason was changed")),
                        new Case(
                                "an entry removed",
                                new Told().entries(all -> all.subList(1, 4)),
                                List.of(B + "entry 1 is missing")),
                        new Case(
                                "entries removed from the middle",
                                new Told().entries(all -> List.of(all.get(0), all.get(3))),
                                List.of(B + "entries 2 to 3 are missing")),
                        new Case(
                                "the last entries removed",
                                new Told().entries(all -> all.subList(0, 2)),
                                List.of(B + "entries 3 to 4, the last, are missing")),
                        new Case(
                                "an entry inserted",
                                new Told().entries(all -> {
                                    all.add(2, row(text(all.get(1), "{}"), 99));
                                    return all;
                                }),
                                List.of(B + "entry 2 (row 99) is there twice: one was added")),
                        new Case(
                                "an entry added behind the last",
                                new Told().entries(all -> {
                                    all.add(new StoredEntry(99, 5, "ab", "{}", List.of()));
                                    return all;
                                }),
                                List.of(
                                        B + "entry 5 (row 99) or its hash was changed",
                                        B + "entry 5 and later were added: the chain ends before them")),
                        new Case(
                                "two rows swapped",
                                new Told()
                                        .entries(all -> List.of(
                                                all.get(0),
                                                row(all.get(2), all.get(1).row()),
                                                row(all.get(1), all.get(2).row()),
                                                all.get(3))),
                                List.of(B + "entry 2 (row 7) stands behind entry 3 (row 6): out of order")),
                        new Case(
                                "an entry moved to another place",
                                new Told().entry(3, one -> position(one, 9)),
                                List.of(
                                        B + "entries 4 to 8 are missing",
                                        B + "entry 5 and later were added: the chain ends before them")),
                        new Case(
                                "an entry taken out of the chain",
                                new Told().entry(0, one -> position(hash(one, ""), 0)),
                                List.of(
                                        B + "entry 0 (row 5) is in no chain: it was added, or taken out of it",
                                        B + "entry 1 is missing")),
                        new Case(
                                "a byte of an incident",
                                new Told()
                                        .incident(
                                                2,
                                                one -> with(
                                                        one,
                                                        one.document().replace("TaskStuck", "TaskStuckk"),
                                                        one.seal(),
                                                        one.entries())),
                                List.of("selfheal/order incident c: the incident or its seal was changed")),
                        new Case(
                                "a past incident, resealed",
                                new Told().incident(1, one -> {
                                    String document = one.document().replace("TaskStuck", "TaskStuckk");
                                    return with(one, document, HistoryChain.seal(document), one.entries());
                                }),
                                List.of("selfheal/order incident c: is not tied to the incident before it: that or the"
                                        + " tie was changed")),
                        new Case(
                                "an incident that is no JSON",
                                new Told().incident(2, one -> with(one, "nonsense", one.seal(), one.entries())),
                                List.of(
                                        "selfheal/order incident c: the incident or its seal was changed",
                                        "selfheal/order incident c: the incident cannot be read: incident: not JSON:"
                                                + " Unrecognized token 'nonsense': was expecting (JSON String, Number,"
                                                + " Array, Object or token 'null', 'true' or 'false')")),
                        new Case(
                                "an incident removed",
                                new Told().without(1),
                                List.of("selfheal/order: incidents 2 to 2 are missing")),
                        new Case(
                                "the last incident removed",
                                new Told().without(2),
                                List.of("selfheal/order: incidents 3 to 3, the last, are missing")),
                        new Case(
                                "all incidents removed",
                                new Told().without(0).without(0).without(0),
                                List.of("selfheal/order: incidents 1 to 3, the last, are missing")),
                        new Case(
                                "the count changed",
                                new Told().count(2),
                                List.of("selfheal/order: its count of incidents was changed: it says 2")))
                .map(one -> DynamicTest.dynamicTest(
                        one.name(), () -> assertThat(one.told().faults()).isEqualTo(one.found())));
    }

    @Test
    void givenEntriesFromBeforeTheChain_thenTheyAreCounted_andLaterOnesWithoutHashAreFound() {
        Told told = new Told();
        StoredIncident b = told.incidents.get(1);
        String old = IncidentCodec.write(Fixtures.incident("old", Fixtures.service("order"), Fixtures.T0));
        List<StoredEntry> unchained =
                b.entries().stream().map(one -> position(hash(one, ""), 0)).toList();
        told.incidents.addFirst(new StoredIncident("old", "selfheal/order", 0, "", "", old, List.of(), unchained));
        told.unchainedUpTo = 8;

        assertThat(told.faults()).isEmpty();
        assertThat(told.audit().unchained()).isEqualTo(4);
        assertThat(told.audit().entries()).isEqualTo(16);

        told.unchainedUpTo = 7;
        assertThat(told.faults())
                .containsExactly(
                        "selfheal/order incident old: entry 0 (row 8) is in no chain: it was added, or taken out of it");
    }

    @Test
    void givenThousandsOfFaults_thenAllAreCounted_andTheFirstAreNamed() {
        Told told = new Told().entries(_ -> IntStream.range(1, 5000)
                .mapToObj(i -> new StoredEntry(i, i, "", "{}", List.of()))
                .toList());

        assertThat(told.audit().faults()).isGreaterThan(100);
        assertThat(told.audit().findings()).hasSize(100);
        assertThat(told.audit().sound()).isFalse();
    }

    @Test
    void givenHeadsNotedEarlier_whenTheHistoryWentOn_thenItHoldsThem_andARewrittenOneDoesNot() {
        Told told = new Told();
        Anchor latest = told.audit().heads().getFirst().anchor();
        StoredIncident b = told.incidents.get(1);
        Anchor inTheMiddle = new Anchor(
                b.service(), 2, "b", new ChainHead(2, b.entries().get(1).hash()));
        Anchor begun = new Anchor(b.service(), 2, "b", HistoryAudit.begun(b));
        Anchor other =
                new Anchor(b.service(), 2, "b", new ChainHead(3, begun.head().hash()));
        Anchor gone = new Anchor(b.service(), 2, "gone", begun.head());

        assertThat(Anchor.parse("head " + latest)).contains(latest);
        assertThat(Anchor.parse("digest 12")).isEmpty();
        assertThat(HistoryAudit.of(told::tellAll, List.of(latest, inTheMiddle, begun))
                        .findings())
                .isEmpty();
        assertThat(HistoryAudit.of(told::tellAll, List.of(other, gone)).findings())
                .extracting(Object::toString)
                .containsExactly(
                        B + "does not contain what was noted of it: " + other,
                        "selfheal/order incident gone: is missing, though it was noted: " + gone);
    }

    @Test
    void whenAnythingAtAllDiffers_thenSoDoesTheDigest() {
        String digest = new Told().audit().digest();

        assertThat(new Told().audit().digest()).isEqualTo(digest);
        assertThat(new Told().without(2).count(2).audit().digest()).isNotEqualTo(digest);
        assertThat(digest).matches("[0-9a-f]{64}");
    }
}
