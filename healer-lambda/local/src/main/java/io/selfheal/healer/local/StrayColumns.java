package io.selfheal.healer.local;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Compares columns with the document that they were written with. */
final class StrayColumns {
    private final ResultSet row;
    private final List<String> names = new ArrayList<>();

    StrayColumns(ResultSet row) {
        this.row = row;
    }

    StrayColumns text(String column, Object expected) throws SQLException {
        String text = expected instanceof Optional<?> maybe
                ? maybe.map(Object::toString).orElse(null)
                : expected.toString();
        return compare(column, Objects.equals(row.getString(column), text));
    }

    StrayColumns time(String column, Optional<Instant> expected) throws SQLException {
        OffsetDateTime there = row.getObject(column, OffsetDateTime.class);
        Instant at = expected.map(time -> time.truncatedTo(ChronoUnit.MICROS)).orElse(null);
        return compare(column, Objects.equals(there == null ? null : there.toInstant(), at));
    }

    private StrayColumns compare(String column, boolean same) {
        if (!same) {
            names.add(column);
        }
        return this;
    }

    List<String> names() {
        return List.copyOf(names);
    }
}
