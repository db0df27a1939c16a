package io.selfheal.healer.audit;

import io.selfheal.healer.audit.StoredIncident.StoredEntry;
import io.selfheal.healer.chain.ChainHead;
import io.selfheal.healer.chain.HistoryChain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The entries of one incident, followed along their chain. After a fault it goes on, so that each is told once. */
final class EntryAudit {
    private final StoredIncident incident;
    private final long unchainedUpTo;
    private final List<String> findings = new ArrayList<>();
    private long unchained;
    /** What the next entry may be chained to: what is stored of the entry before it and, if that differs, what should be. */
    private Set<ChainHead> ends = new HashSet<>();

    private ChainHead end;

    EntryAudit(StoredIncident incident, long unchainedUpTo) {
        this.incident = incident;
        this.unchainedUpTo = unchainedUpTo;
        end = HistoryAudit.begun(incident);
        ends.add(end);
        inOrderOfRows();
        incident.entries().stream()
                .sorted(Comparator.comparingLong(StoredEntry::position).thenComparingLong(StoredEntry::row))
                .forEach(this::follow);
    }

    List<String> findings() {
        return findings;
    }

    long unchained() {
        return unchained;
    }

    /** Where the chain really ends. */
    ChainHead end() {
        return end;
    }

    private void inOrderOfRows() {
        Optional<StoredEntry> before = Optional.empty();
        for (StoredEntry entry : incident.entries()) {
            if (before.filter(one -> one.position() > entry.position()).isPresent()) {
                findings.add(name(entry) + " stands behind " + name(before.get()) + ": out of order");
            }
            before = Optional.of(entry);
        }
    }

    private void follow(StoredEntry entry) {
        entry.stray().forEach(column -> findings.add(name(entry) + ": column " + column + " was changed"));
        if (entry.position() <= 0) {
            unchained(entry);
            return;
        }
        long expected = end.length() + 1;
        if (entry.position() < expected) {
            findings.add(name(entry) + " is there twice: one was added");
            return;
        }
        boolean gap = entry.position() > expected;
        if (gap) {
            findings.add(
                    entry.position() == expected + 1
                            ? "entry " + expected + " is missing"
                            : "entries " + expected + " to " + (entry.position() - 1) + " are missing");
        } else if (ends.stream().noneMatch(before -> fits(before, entry))) {
            findings.add(name(entry) + " or its hash was changed");
        }
        ChainHead should = HistoryChain.append(new ChainHead(entry.position() - 1, end.hash()), entry.text());
        end = new ChainHead(entry.position(), entry.hash());
        ends = gap ? new HashSet<>(Set.of(end)) : new HashSet<>(List.of(end, should));
    }

    private static boolean fits(ChainHead before, StoredEntry entry) {
        return HistoryChain.append(before, entry.text()).hash().equals(entry.hash());
    }

    private void unchained(StoredEntry entry) {
        unchained++;
        if (incident.ordinal() > 0
                || entry.row() > unchainedUpTo
                || !entry.hash().isEmpty()) {
            findings.add(name(entry) + " is in no chain: it was added, or taken out of it");
        }
    }

    private static String name(StoredEntry entry) {
        return "entry " + entry.position() + " (row " + entry.row() + ")";
    }
}
