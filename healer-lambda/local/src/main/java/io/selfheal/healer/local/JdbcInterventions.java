package io.selfheal.healer.local;

import io.selfheal.healer.control.Intervention;
import io.selfheal.healer.control.Interventions;
import io.selfheal.healer.fleet.ServiceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people told the healer, in the same database as the incidents. */
public final class JdbcInterventions implements Interventions {
    private static final String EVERYTHING = "*";

    private final JdbcDatabase database;

    public JdbcInterventions(JdbcDatabase database) {
        this.database = database;
    }

    @Override
    public void add(Intervention told) {
        String sql =
                "insert into healer_intervention (at, kind, scope, owner, reason, detail) values (?, ?, ?, ?, ?, ?)";
        database.transact("add intervention", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                String scope = told.service().map(ServiceId::toString).orElse(EVERYTHING);
                return Columns.set(insert, told.at(), told.kind(), scope, told.owner(), told.reason(), told.detail())
                        .executeUpdate();
            }
        });
    }

    @Override
    public List<Intervention> newest(int limit) {
        String sql =
                "select at, kind, scope, owner, reason, detail from healer_intervention order by at desc, seq desc limit ?";
        return database.read("interventions", connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet rows = Columns.set(select, limit).executeQuery()) {
                List<Intervention> newest = new ArrayList<>();
                while (rows.next()) {
                    String scope = rows.getString("scope");
                    newest.add(new Intervention(
                            Columns.instant(rows, "at"),
                            Intervention.Kind.valueOf(rows.getString("kind")),
                            scope.equals(EVERYTHING) ? Optional.empty() : Optional.of(ServiceId.parse(scope)),
                            rows.getString("owner"),
                            rows.getString("reason"),
                            rows.getString("detail")));
                }
                return newest;
            }
        });
    }
}
