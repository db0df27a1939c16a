package io.selfheal.healer.incident;

import java.util.List;
import java.util.Optional;

/**
 * What one save writes, all of it or nothing.
 *
 * @param incident the new content, carrying the version it was derived from
 * @param claim present when the save claims an action
 */
public record Change(Incident incident, List<HistoryEntry> entries, Optional<Claim> claim) {

    public Change {
        entries = List.copyOf(entries);
    }

    /** The action that is entered into the ledger, and the ledger's version that allowed it. */
    public record Claim(ActionRecord record, long ledgerVersion) {}
}
