package io.selfheal.healer.audit;

import java.util.List;

/**
 * An incident as it lies in the store.
 *
 * @param service cluster/service
 * @param ordinal its number among those of its service; 0: it was opened by a healer that kept no chains
 * @param stray names of the columns that do not say what the document says
 * @param entries in the order of their rows
 */
public record StoredIncident(
        String id,
        String service,
        long ordinal,
        String previousSeal,
        String seal,
        String document,
        List<String> stray,
        List<StoredEntry> entries) {
    public StoredIncident {
        stray = List.copyOf(stray);
        entries = List.copyOf(entries);
    }

    /**
     * One entry as it lies in the store.
     *
     * @param row grows in the order of writing
     * @param position in the chain, from 1; 0: written by a healer that kept no chains
     * @param stray names of the columns that do not say what the text says
     */
    public record StoredEntry(long row, long position, String hash, String text, List<String> stray) {
        public StoredEntry {
            stray = List.copyOf(stray);
        }
    }
}
