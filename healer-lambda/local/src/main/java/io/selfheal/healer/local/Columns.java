package io.selfheal.healer.local;

import io.selfheal.healer.fleet.ServiceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the core's values lie in columns. */
final class Columns {

    private Columns() {}

    /** Sets parameters from the first on: texts, numbers, instants, services; Optional becomes null when empty. */
    static PreparedStatement set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            set(statement, i + 1, values[i]);
        }
        return statement;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static void set(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.VARCHAR);
            case Optional<?> optional when optional.isEmpty() -> statement.setNull(index, Types.NULL);
            case Optional<?> optional -> set(statement, index, optional.get());
            // Cut, not rounded: a time must not move into the future.
            case Instant instant ->
                statement.setObject(
                        index, instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setInt(index, number);
            case ServiceId service -> statement.setString(index, service.toString());
            default -> statement.setString(index, value.toString());
        }
    }
}
