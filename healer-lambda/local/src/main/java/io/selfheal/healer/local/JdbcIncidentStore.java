package io.selfheal.healer.local;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentCodec;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.SaveResult;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Incidents, their history and the ledger of actions in H2 or PostgreSQL. A save is one transaction. */
public final class JdbcIncidentStore implements IncidentStore, IncidentArchive {
    /** Every incident that is not over is due before. */
    private static final Instant FAR_OFF = Instant.parse("9999-01-01T00:00:00Z");

    private static final String OVER_AT = "case when open_key is null then updated_at end as over_at";

    private final JdbcDatabase database;
    private final KnownDocuments known = new KnownDocuments();
    private final JdbcLedger ledger;
    private final LongAdder writes = new LongAdder();

    public JdbcIncidentStore(JdbcDatabase database) {
        this.database = database;
        this.ledger = new JdbcLedger(database);
    }

    /** Saves that were stored so far. */
    public long writes() {
        return writes.sum();
    }

    @Override
    public Optional<Incident> findOpen(ServiceId service) {
        return incidents("find open", "select document from healer_incident where open_key = ?", service).stream()
                .findFirst();
    }

    @Override
    public List<Incident> due(Instant now, int limit) {
        return incidents(
                "due",
                "select document from healer_incident where due_at <= ? and open_key is not null"
                        + " order by due_at, id limit ?",
                now,
                limit);
    }

    @Override
    public Ledger ledger(Instant since) {
        return ledger.since(since);
    }

    @Override
    public List<Opening> openings(Instant since, int limit) {
        // Two ranges of two indexes, each with its own end: with "or" H2 reads on through every incident there ever was
        // until it has enough, and without a limit of its own it reads all that a storm opened. What is due is not
        // over,
        // and of that the index knows all that is asked for: each claim asks, and no row has to be read for it.
        String newest = " order by opened_at desc, id desc limit ?";
        String sql = "(select cluster, service, opened_at, " + OVER_AT
                + ", id from healer_incident where opened_at >= ?"
                + newest + ") union all (select cluster, service, opened_at, cast(null as timestamp with time zone), id"
                + " from healer_incident where due_at < ? and opened_at < ?" + newest + ")" + newest;
        return readOpenings(sql, since, limit, FAR_OFF, since, limit, limit);
    }

    @Override
    public List<Opening> openingsOf(ServiceId service, int limit) {
        // The bound bounds nothing: with it, and with all columns to sort by, H2 reads this index backwards and no
        // further.
        String sql = "select cluster, service, opened_at, " + OVER_AT + " from healer_incident"
                + " where cluster = ? and service = ? and opened_at <= ?"
                + " order by cluster desc, service desc, opened_at desc, id desc limit ?";
        return readOpenings(sql, service.cluster(), service.service(), FAR_OFF, limit);
    }

    private List<Opening> readOpenings(String sql, Object... parameters) {
        return database.read("openings", connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet rows = Columns.set(select, parameters).executeQuery()) {
                List<Opening> openings = new ArrayList<>();
                while (rows.next()) {
                    openings.add(new Opening(
                            new ServiceId(rows.getString("cluster"), rows.getString("service")),
                            Columns.instant(rows, "opened_at"),
                            rows.getObject("over_at") == null
                                    ? Optional.empty()
                                    : Optional.of(Columns.instant(rows, "over_at"))));
                }
                return openings;
            }
        });
    }

    @Override
    public SaveResult save(Change change) {
        try {
            SaveResult result = database.transact("save", connection -> new JdbcSave(connection, known).store(change));
            if (result instanceof SaveResult.Saved) {
                writes.increment();
                change.claim().ifPresent(ledger::claimed);
            }
            return result;
        } catch (SqlFailure.Lost first) {
            return new SaveResult.Conflict(
                    change.incident().service() + " was changed by somebody else at the same time");
        }
    }

    @Override
    public <T> T together(Supplier<T> saves) {
        return database.together("save", saves);
    }

    @Override
    public Optional<Incident> find(IncidentId id) {
        return incidents("find", "select document from healer_incident where id = ?", id.value()).stream()
                .findFirst();
    }

    @Override
    public List<Incident> list(Query query) {
        JdbcIncidentList page = JdbcIncidentList.of(query, FAR_OFF);
        return incidents("list", page.sql(), page.parameters().toArray());
    }

    @Override
    public List<HistoryEntry> history(IncidentId id) {
        return documents(
                        "history",
                        "select entry from healer_history where incident_id = ? order by position, seq",
                        id.value())
                .stream()
                .map(IncidentCodec::readEntry)
                .toList();
    }

    @Override
    public Page signals(Window window) {
        return new JdbcSignals(database).read(window);
    }

    private List<Incident> incidents(String operation, String sql, Object... parameters) {
        return documents(operation, sql, parameters).stream().map(known::read).toList();
    }

    private List<String> documents(String operation, String sql, Object... parameters) {
        return database.read(operation, connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet rows = Columns.set(select, parameters).executeQuery()) {
                List<String> documents = new ArrayList<>();
                while (rows.next()) {
                    documents.add(rows.getString(1));
                }
                return documents;
            }
        });
    }
}
