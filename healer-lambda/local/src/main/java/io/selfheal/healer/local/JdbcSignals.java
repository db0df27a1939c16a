package io.selfheal.healer.local;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.IncidentArchive.Page;
import io.selfheal.healer.incident.IncidentArchive.Window;
import io.selfheal.healer.incident.IncidentCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the entries about signals, page by page along the index of their times. */
final class JdbcSignals {
    private final JdbcDatabase database;

    JdbcSignals(JdbcDatabase database) {
        this.database = database;
    }

    /** Where a page ended. */
    record Cursor(Instant at, long row) {
        static Cursor parse(String text) {
            try {
                String[] parts = text.split("_", -1);
                if (parts.length == 2) {
                    return new Cursor(Instant.parse(parts[0]), Long.parseLong(parts[1]));
                }
            } catch (DateTimeException | NumberFormatException e) {
                throw new IllegalArgumentException("after: not the end of a page: '" + text + "'", e);
            }
            throw new IllegalArgumentException("after: not the end of a page: '" + text + "'");
        }

        @Override
        public String toString() {
            return at + "_" + row;
        }
    }

    Page read(Window window) {
        return window.service().map(service -> ofService(service, window)).orElseGet(() -> ofAll(window));
    }

    private Page ofService(ServiceId service, Window window) {
        Optional<Cursor> behind = window.after().map(Cursor::parse);
        // One more than asked tells whether there is more.
        List<JdbcServiceSignals.Row> rows =
                database.read("signals", connection -> new JdbcServiceSignals(connection, service)
                        .read(window.since(), window.until(), behind, window.limit() + 1));
        List<JdbcServiceSignals.Row> page = rows.subList(0, Math.min(rows.size(), window.limit()));
        return new Page(
                page.stream().map(row -> IncidentCodec.readEntry(row.entry())).toList(),
                rows.size() > page.size()
                        ? Optional.of(
                                new Cursor(page.getLast().at(), page.getLast().seq()).toString())
                        : Optional.empty());
    }

    private Page ofAll(Window window) {
        StringBuilder sql = new StringBuilder("select h.entry, h.at, h.seq from healer_history h");
        List<Object> parameters = new ArrayList<>();
        sql.append(" where h.event = ? and h.at >= ? and h.at < ?");
        parameters.addAll(List.of(HistoryEntry.Event.SIGNAL, window.since(), window.until()));
        window.after().map(Cursor::parse).ifPresent(cursor -> {
            sql.append(" and (h.at > ? or (h.at = ? and h.seq > ?))");
            parameters.addAll(List.of(cursor.at(), cursor.at(), cursor.row()));
        });
        sql.append(" order by h.at, h.seq limit ?");
        // One more than asked tells whether there is more.
        parameters.add(window.limit() + 1);
        return database.read("signals", connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql.toString());
                    ResultSet rows = Columns.set(select, parameters.toArray()).executeQuery()) {
                return page(rows, window.limit());
            }
        });
    }

    private static Page page(ResultSet rows, int limit) throws SQLException {
        List<HistoryEntry> entries = new ArrayList<>();
        Optional<Cursor> last = Optional.empty();
        while (rows.next()) {
            if (entries.size() == limit) {
                return new Page(entries, last.map(Cursor::toString));
            }
            entries.add(IncidentCodec.readEntry(rows.getString("entry")));
            last = Optional.of(new Cursor(Columns.instant(rows, "at"), rows.getLong("seq")));
        }
        return new Page(entries, Optional.empty());
    }
}
