package io.selfheal.healer.local;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.HistoryEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Finds the entries about one service's signals by way of its incidents: they follow one another, so that those of a time are
 * found along the index of the openings, however many incidents there are in all.
 */
final class JdbcServiceSignals {
    /** Clocks of two healers differ: the incident before the last one may still have been written to. */
    private static final int STEPS_BACK = 2;

    private static final int MOST_INCIDENTS = 200;

    private final Connection connection;
    private final ServiceId service;

    JdbcServiceSignals(Connection connection, ServiceId service) {
        this.connection = connection;
        this.service = service;
    }

    /** One row of the history. */
    record Row(String entry, Instant at, long seq) {}

    private record Opened(String id, Instant at) {}

    /**
     * In the order of their times.
     *
     * @param behind the row that the page before ended with
     */
    List<Row> read(Instant since, Instant until, Optional<JdbcSignals.Cursor> behind, int limit) throws SQLException {
        List<Row> found = new ArrayList<>();
        Instant from = behind.map(JdbcSignals.Cursor::at).orElse(since);
        int incidents = Math.min(limit, MOST_INCIDENTS);
        while (from.isBefore(until) && found.size() < limit) {
            List<Opened> before = before(from);
            List<Opened> next = opened(from, until, incidents + 1);
            Instant to = next.size() > incidents ? next.getLast().at() : until;
            List<String> ids = new ArrayList<>();
            before.forEach(one -> ids.add(one.id()));
            next.forEach(one -> ids.add(one.id()));
            if (!ids.isEmpty()) {
                found.addAll(rows(ids, from, to, behind, limit - found.size()));
            }
            from = to;
        }
        return found;
    }

    private List<Opened> before(Instant time) throws SQLException {
        return opened(
                " and opened_at <= ? order by cluster desc, service desc, opened_at desc, id desc limit ?",
                time,
                STEPS_BACK);
    }

    private List<Opened> opened(Instant from, Instant until, int limit) throws SQLException {
        // All columns of the index: else H2 sorts every incident of the service.
        return opened(
                " and opened_at > ? and opened_at < ? order by cluster, service, opened_at, id limit ?",
                from,
                until,
                limit);
    }

    private List<Opened> opened(String which, Object... parameters) throws SQLException {
        List<Object> all = new ArrayList<>(List.of(service.cluster(), service.service()));
        Collections.addAll(all, parameters);
        String sql = "select id, opened_at from healer_incident where cluster = ? and service = ?" + which;
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = Columns.set(select, all.toArray()).executeQuery()) {
            List<Opened> opened = new ArrayList<>();
            while (rows.next()) {
                opened.add(new Opened(rows.getString("id"), Columns.instant(rows, "opened_at")));
            }
            return opened;
        }
    }

    private List<Row> rows(List<String> ids, Instant from, Instant to, Optional<JdbcSignals.Cursor> behind, int limit)
            throws SQLException {
        List<Object> parameters = new ArrayList<>(ids);
        StringBuilder sql = new StringBuilder("select entry, at, seq from healer_history where incident_id in ("
                + String.join(", ", Collections.nCopies(ids.size(), "?")) + ") and event = ? and at >= ? and at < ?");
        Collections.addAll(parameters, HistoryEntry.Event.SIGNAL, from, to);
        behind.ifPresent(cursor -> {
            sql.append(" and (at > ? or seq > ?)");
            Collections.addAll(parameters, cursor.at(), cursor.row());
        });
        sql.append(" order by at, seq limit ?");
        parameters.add(limit);
        try (PreparedStatement select = connection.prepareStatement(sql.toString());
                ResultSet rows = Columns.set(select, parameters.toArray()).executeQuery()) {
            List<Row> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new Row(rows.getString("entry"), Columns.instant(rows, "at"), rows.getLong("seq")));
            }
            return found;
        }
    }
}
