package io.selfheal.healer.incident;

import io.selfheal.healer.chain.ChainHead;
import io.selfheal.healer.chain.HistoryChain;
import java.util.ArrayList;
import java.util.List;

/**
 * What a store writes of a change: the same texts and hashes in every store. Pure, and needs no read but the one of an
 * opening, since an incident carries its chain's head as it carries its version.
 *
 * @param incident as it is handed out after the save: its version counted up, its chain grown
 * @param document the incident as text
 * @param seal of the document; the service's next incident is tied to it
 */
public record Recording(Incident incident, String document, String seal, List<Line> lines) {
    public Recording {
        lines = List.copyOf(lines);
    }

    /** One entry with its place in the incident's chain. */
    public record Line(HistoryEntry entry, String text, long position, String hash) {}

    /**
     * Where a new incident stands among those of its service.
     *
     * @param ordinal from 1
     * @param previousSeal of the one before it; blank for the first
     */
    public record Place(long ordinal, String previousSeal) {
        /** Of an incident that a healer without chains opened. */
        public static final Place UNKNOWN = new Place(0, "");
    }

    /** Of an incident that is stored for the first time. */
    public static Recording first(Change change, Place place) {
        return from(begin(change.incident(), place), change);
    }

    /** Of an incident that is stored already. Where its entries were not chained so far, they are from now on. */
    public static Recording next(Change change) {
        Incident incident = change.incident();
        return from(incident.history().begun() ? incident.history() : begin(incident, Place.UNKNOWN), change);
    }

    private static ChainHead begin(Incident incident, Place place) {
        return HistoryChain.begin(
                incident.service().toString(), place.ordinal(), incident.id().value(), place.previousSeal());
    }

    private static Recording from(ChainHead begun, Change change) {
        ChainHead head = begun;
        List<Line> lines = new ArrayList<>();
        for (HistoryEntry entry : change.entries()) {
            String text = IncidentCodec.write(entry);
            head = HistoryChain.append(head, text);
            lines.add(new Line(entry, text, head.length(), head.hash()));
        }
        Incident saved = change.incident()
                .edit()
                .version(change.incident().version() + 1)
                .history(head)
                .done();
        String document = IncidentCodec.write(saved);
        return new Recording(saved, document, HistoryChain.seal(document), lines);
    }
}
