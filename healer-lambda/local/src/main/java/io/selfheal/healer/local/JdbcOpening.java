package io.selfheal.healer.local;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Recording.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.Optional;

/** Finds the place of a service's next incident and takes it, so that of two healers one has it. */
final class JdbcOpening {
    private final Connection connection;

    JdbcOpening(Connection connection) {
        this.connection = connection;
    }

    /** The incident before it is over for good, or else the open incident's unique key refuses the new one. */
    Place next(ServiceId service) throws SQLException {
        Optional<Place> last = last(service);
        Place next = last.map(place -> new Place(place.ordinal() + 1, place.previousSeal()))
                .orElse(new Place(1, ""));
        boolean taken = last.isPresent()
                ? execute(
                        "update healer_service set incidents = incidents + 1"
                                + " where cluster = ? and service = ? and incidents = ?",
                        service.cluster(),
                        service.service(),
                        next.ordinal() - 1)
                : execute(
                        "insert into healer_service (cluster, service, incidents) values (?, ?, ?)",
                        service.cluster(),
                        service.service(),
                        next.ordinal());
        if (!taken) {
            throw new SQLIntegrityConstraintViolationException(
                    service + " has another incident " + next.ordinal(), "23505");
        }
        return next;
    }

    /** How many there are, and the last one's seal: blank when somebody took it away, which must not stop the healing. */
    private Optional<Place> last(ServiceId service) throws SQLException {
        String sql = "select s.incidents, i.seal from healer_service s left join healer_incident i"
                + " on i.cluster = s.cluster and i.service = s.service and i.ordinal = s.incidents"
                + " where s.cluster = ? and s.service = ?";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = Columns.set(select, service.cluster(), service.service())
                        .executeQuery()) {
            return row.next()
                    ? Optional.of(new Place(
                            row.getLong("incidents"),
                            Optional.ofNullable(row.getString("seal")).orElse("")))
                    : Optional.empty();
        }
    }

    private boolean execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return Columns.set(statement, values).executeUpdate() == 1;
        }
    }
}
