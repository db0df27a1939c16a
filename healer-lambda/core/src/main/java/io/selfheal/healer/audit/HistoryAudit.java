package io.selfheal.healer.audit;

import io.selfheal.healer.audit.AuditReport.Finding;
import io.selfheal.healer.audit.AuditReport.Head;
import io.selfheal.healer.chain.ChainHead;
import io.selfheal.healer.chain.HistoryChain;
import io.selfheal.healer.incident.IncidentCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Follows every chain from its first entry to its head, and every service from its first incident to its last. One at a time,
 * so that a long history needs no memory. For one use.
 */
public final class HistoryAudit implements StoredHistory.Reader {
    /** Whoever wrote over a whole table need not be told of each row. */
    private static final int MAX_FINDINGS = 100;

    private final List<Finding> findings = new ArrayList<>();
    private final SortedMap<String, Long> opened = new TreeMap<>();
    private final SortedMap<String, Head> heads = new TreeMap<>();
    private long unchainedUpTo;
    private long incidents;
    private long entries;
    private long unchained;
    private long faults;

    private final Map<String, List<Anchor>> anchors = new HashMap<>();

    private HistoryAudit(List<Anchor> noted) {
        noted.forEach(anchor -> anchors.computeIfAbsent(anchor.incident(), _ -> new ArrayList<>())
                .add(anchor));
    }

    public static AuditReport of(StoredHistory history) {
        return of(history, List.of());
    }

    /** The same, and whether the history still contains what was noted of it earlier. */
    public static AuditReport of(StoredHistory history, List<Anchor> noted) {
        HistoryAudit audit = new HistoryAudit(noted);
        history.tell(audit);
        return audit.report();
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
        incidents++;
        entries += incident.entries().size();
        incident.stray().forEach(column -> found(incident, "column " + column + " was changed"));
        if (incident.ordinal() == 0 && incident.seal().isEmpty()) {
            untouched(incident);
        } else {
            chained(incident);
        }
        if (incident.ordinal() > 0) {
            follows(incident);
        }
        List<Anchor> noted = anchors.remove(incident.id());
        if (noted != null) {
            noted.forEach(anchor -> holds(incident, anchor));
        }
    }

    private void holds(StoredIncident incident, Anchor anchor) {
        boolean there = anchor.service().equals(incident.service())
                && anchor.ordinal() == incident.ordinal()
                && (anchor.head().equals(begun(incident))
                        || incident.entries().stream()
                                .anyMatch(entry -> entry.position()
                                                == anchor.head().length()
                                        && entry.hash().equals(anchor.head().hash())));
        if (!there) {
            found(incident, "does not contain what was noted of it: " + anchor);
        }
    }

    static ChainHead begun(StoredIncident incident) {
        return HistoryChain.begin(incident.service(), incident.ordinal(), incident.id(), incident.previousSeal());
    }

    /** Not saved since chains are kept: it may hold nothing that was written later. */
    private void untouched(StoredIncident incident) {
        EntryAudit audit = new EntryAudit(incident, unchainedUpTo);
        audit.findings().forEach(what -> found(incident, what));
        unchained += audit.unchained();
        if (audit.end().length() > 0 || head(incident).filter(ChainHead::begun).isPresent()) {
            found(incident, "the seal is missing");
        }
    }

    private void chained(StoredIncident incident) {
        if (!HistoryChain.seal(incident.document()).equals(incident.seal())) {
            found(incident, "the incident or its seal was changed");
        }
        EntryAudit audit = new EntryAudit(incident, unchainedUpTo);
        audit.findings().forEach(what -> found(incident, what));
        unchained += audit.unchained();
        head(incident).ifPresent(head -> compare(incident, audit.end(), head));
    }

    private void compare(StoredIncident incident, ChainHead end, ChainHead head) {
        if (end.length() < head.length()) {
            found(
                    incident,
                    end.length() + 1 == head.length()
                            ? "entry " + head.length() + ", the last, is missing"
                            : "entries " + (end.length() + 1) + " to " + head.length() + ", the last, are missing");
        } else if (end.length() > head.length()) {
            found(incident, "entry " + (head.length() + 1) + " and later were added: the chain ends before them");
        } else if (!end.hash().equals(head.hash())) {
            found(incident, "the chain does not end in the incident's head");
        }
    }

    private Optional<ChainHead> head(StoredIncident incident) {
        try {
            return Optional.of(IncidentCodec.readIncident(incident.document()).history());
        } catch (RuntimeException unreadable) {
            found(incident, "the incident cannot be read: " + unreadable.getMessage());
            return Optional.empty();
        }
    }

    private void follows(StoredIncident incident) {
        String service = incident.service();
        Head before = heads.get(service);
        long expected = before == null ? 1 : before.anchor().ordinal() + 1;
        if (incident.ordinal() > expected) {
            found(new Finding(
                    service, "", "incidents " + expected + " to " + (incident.ordinal() - 1) + " are missing"));
        } else if (incident.ordinal() < expected) {
            found(incident, "is the second with the number " + incident.ordinal());
        } else if (!incident.previousSeal().equals(before == null ? "" : before.seal())) {
            found(incident, "is not tied to the incident before it: that or the tie was changed");
        }
        ChainHead end = head(incident).orElse(ChainHead.NONE);
        heads.put(service, new Head(new Anchor(service, incident.ordinal(), incident.id(), end), incident.seal()));
    }

    private AuditReport report() {
        heads.forEach((service, head) -> {
            long count = opened.getOrDefault(service, 0L);
            if (head.anchor().ordinal() > count) {
                found(new Finding(service, "", "its count of incidents was changed: it says " + count));
            }
        });
        opened.forEach((service, count) -> {
            long last = heads.containsKey(service) ? heads.get(service).anchor().ordinal() : 0;
            if (last < count) {
                found(new Finding(service, "", "incidents " + (last + 1) + " to " + count + ", the last, are missing"));
            }
        });
        anchors.values().stream()
                .flatMap(List::stream)
                .forEach(anchor -> found(new Finding(
                        anchor.service(), anchor.incident(), "is missing, though it was noted: " + anchor)));
        return new AuditReport(incidents, entries, unchained, faults, findings, List.copyOf(heads.values()));
    }

    private void found(StoredIncident incident, String what) {
        found(new Finding(incident.service(), incident.id(), what));
    }

    private void found(Finding finding) {
        if (findings.contains(finding)) {
            return;
        }
        faults++;
        if (findings.size() < MAX_FINDINGS) {
            findings.add(finding);
        }
    }
}
